import { droppedConstraints, inText, type Keyword } from './dropped-constraints.ts';
import { splitNull } from './nullable-schema.ts';
import type { SchemaNode } from './schema-node.ts';

const NOTHING_KEPT: ReadonlySet<Keyword> = new Set();

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** Describes a whole schema, such as `a string, at most 50 characters`, for a target that cannot express it. */
export function typeInWords(schema: SchemaNode): string {
  const { node, nullable } = splitNull(schema);
  const options = node.anyOf ?? node.oneOf;
  const type = options ? options.map(typeInWords).join(' or ') : namesOf(node);
  const parts = [
    type,
    ...droppedConstraints(node, NOTHING_KEPT),
    ...contentInWords(node),
    ...(nullable ? ['or null'] : []),
  ];
  return parts.join(', ');
}

/** Describes the content of a list or an object. */
export function contentInWords({
  items,
  properties = {},
  required = [],
  additionalProperties,
}: SchemaNode): string[] {
  const keys = Object.entries(properties).map(([key, child]) => {
    const optional = required.includes(key) ? '' : ', optional';
    return `${inText(key)} (${typeInWords(child)}${optional})`;
  });
  return [
    ...(items ? [`each item ${typeInWords(items)}`] : []),
    ...(keys.length > 0 ? [`with the keys ${keys.join(', ')}`] : []),
    ...(additionalProperties ? [`with any keys${valuesInWords(additionalProperties)}`] : []),
  ];
}

function valuesInWords(values: SchemaNode | true): string {
  return values === true || Object.keys(values).length === 0 ? '' : `, each value ${typeInWords(values)}`;
}

function namesOf({ type }: SchemaNode): string {
  const names = [type ?? []].flat().map((name) => TYPES[name] ?? name);
  return names.join(' or ') || 'any value';
}
