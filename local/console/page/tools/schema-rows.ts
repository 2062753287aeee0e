import type { SchemaNode } from './schema-words.ts';
import { alternativesOf, choiceWords, limitWords, typeWords } from './schema-words.ts';

/** One key of a contract, as a table row. */
export interface SchemaRow {
  /** For example `messages[].id`. */
  path: string;
  key: string;
  /** The nesting depth; 0 at the top. */
  depth: number;
  type: string;
  isRequired: boolean;
  limits: string;
  description: string;
}

/** Returns the keys of a schema at all depths. Each key comes before the keys inside it. */
export function schemaRows(node: SchemaNode, prefix = '', depth = 0): SchemaRow[] {
  const required = new Set(node.required);
  return Object.entries(node.properties ?? {}).flatMap(([key, property]) => {
    const path = prefix + key;
    const row = {
      path,
      key,
      depth,
      type: typeWords(property),
      isRequired: required.has(key),
      limits: [choiceWords(property), limitWords(property)].filter(Boolean).join('; '),
      description: property.description ?? '',
    };
    return [row, ...innerRows(property, path, depth + 1)];
  });
}

function innerRows(node: SchemaNode, path: string, depth: number): SchemaRow[] {
  if (node.properties) return schemaRows(node, `${path}.`, depth);
  if (node.items) return innerRows(node.items, `${path}[]`, depth);
  return alternativesOf(node).flatMap((alternative) => innerRows(alternative, path, depth));
}
