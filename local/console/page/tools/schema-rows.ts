import type { SchemaNode } from './schema-words.ts';
import { alternativesOf, choiceWords, limitWords, typeWords } from './schema-words.ts';

/** One key of a contract, for a table. */
export interface SchemaRow {
  /** Such as `messages[].id`. */
  path: string;
  key: string;
  /** How deep it lies; 0 at the top. */
  depth: number;
  type: string;
  isRequired: boolean;
  limits: string;
  description: string;
}

/** The keys of a schema and of what lies in it, each before those inside it. */
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
