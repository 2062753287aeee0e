import { droppedConstraints, type Keyword } from './dropped-constraints.ts';
import { makeNullable } from './nullable-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { additionalSentence } from './tool-description.ts';

// https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
const KEPT: ReadonlySet<Keyword> = new Set([
  'type',
  'description',
  'enum',
  'const',
  'format',
  'pattern',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
]);
const FORMATS: ReadonlySet<string> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]);
const LOOKAROUND = /\(\?<?[=!]/;

/**
 * Returns true if OpenAI's strict mode supports a schema: every value has a type, and no object allows undeclared
 * fields.
 */
export function isStrict(node: SchemaNode): boolean {
  const { type, properties = {}, items, anyOf, oneOf, additionalProperties = false } = node;
  const options = anyOf ?? oneOf;
  const typed = type !== undefined || options !== undefined;
  const children = [...Object.values(properties), ...(options ?? []), ...(items ? [items] : [])];
  return typed && additionalProperties === false && children.every(isStrict);
}

/**
 * Converts a schema for OpenAI's strict mode. Every key becomes required, and optional keys also accept null.
 * Constraints that strict mode does not support are described in the field's description.
 * @param schema a schema for which `isStrict` returns true
 */
export function strictSchema(schema: SchemaNode): SchemaNode {
  const { properties, required = [], items, anyOf, oneOf } = schema;
  const options = anyOf ?? oneOf;
  return {
    ...ownKeywords(schema),
    ...(items && { items: strictSchema(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, child]) => [
          key,
          required.includes(key) ? strictSchema(child) : makeNullable(strictSchema(whatMayBeLeftOut(child))),
        ]),
      ),
      required: Object.keys(properties),
      additionalProperties: false,
    }),
    ...(options && { anyOf: options.map(strictSchema) }),
  };
}

function whatMayBeLeftOut({ description = '', ...node }: SchemaNode): SchemaNode {
  const addition = additionalSentence(description, ['null leaves it out']);
  return { ...node, description: `${description} ${addition}`.trimStart() };
}

/**
 * Returns the schema with only those of its own keywords that strict mode supports. The description contains the other
 * keywords in words.
 */
function ownKeywords(node: SchemaNode): SchemaNode {
  const { description = '' } = node;
  const kept = keptOf(node);
  const keptNames: ReadonlySet<string> = kept;
  const addition = additionalSentence(description, droppedConstraints(node, kept));
  const text = `${description} ${addition}`.trim();
  return {
    ...Object.fromEntries(Object.entries(node).filter(([keyword]) => keptNames.has(keyword))),
    ...(text && { description: text }),
  };
}

function keptOf({ format, pattern = '' }: SchemaNode): ReadonlySet<Keyword> {
  const kept = new Set(KEPT);
  if (format && !FORMATS.has(format)) kept.delete('format');
  // If a field has a format, its pattern is not needed. Strict mode also does not support patterns with lookaround.
  if (format || LOOKAROUND.test(pattern)) kept.delete('pattern');
  return kept;
}
