import { AuthoringError } from '../errors/authoring-error.ts';
import type { SchemaNode, TypeName } from './schema-node.ts';
import { typeInWords } from './type-in-words.ts';

type SingleType = Exclude<TypeName, 'null'>;

/**
 * Returns the type of a schema, for targets that allow only one type for each field. If the schema is a union of
 * schemas with the same type, `parts` describes the union in words.
 * @param node a schema without `null`
 * @throws AuthoringError if the schema has several types, or no type
 */
export function singleType(node: SchemaNode, place: string): { type: SingleType; parts: string[] } {
  const options = node.anyOf ?? node.oneOf;
  const types = new Set((options ?? [node]).flatMap(({ type }) => type ?? []));
  const [type] = types;
  if (type === undefined || type === 'null' || types.size > 1) {
    throw new AuthoringError(
      `${place} is ${typeInWords(node)}, but AWS agents support only fields with one type. Give it one type.`,
    );
  }
  return { type, parts: options ? [typeInWords(node)] : [] };
}
