import { AuthoringError } from '../errors/authoring-error.ts';
import type { SchemaNode, TypeName } from './schema-node.ts';
import { typeInWords } from './type-in-words.ts';

type SingleType = Exclude<TypeName, 'null'>;

/**
 * The type of a schema for targets that know no union, and what the type alone does not say.
 * @param node a schema without `null`
 * @throws AuthoringError where it has several types, or none
 */
export function singleType(node: SchemaNode, place: string): { type: SingleType; parts: string[] } {
  const options = node.anyOf ?? node.oneOf;
  const types = new Set((options ?? [node]).flatMap(({ type }) => type ?? []));
  const [type] = types;
  if (type === undefined || type === 'null' || types.size > 1) {
    throw new AuthoringError(
      `${place} is ${typeInWords(node)}, but agents of AWS know only fields of one type. Give it one.`,
    );
  }
  return { type, parts: options ? [typeInWords(node)] : [] };
}
