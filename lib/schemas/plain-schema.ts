import { droppedConstraints, type Keyword } from './dropped-constraints.ts';
import { fitDescription } from './fit-description.ts';
import { splitNull } from './or-null.ts';
import type { SchemaNode, TypeName } from './schema-node.ts';
import { singleType } from './single-type.ts';
import { toldSentence } from './told-sentence.ts';
import { contentInWords } from './type-in-words.ts';

/** A schema in the five keywords that every target knows, and OpenAPI 3.0's `nullable` where that is asked for. */
export interface PlainSchema {
  /** The one type of the value. */
  type: Exclude<TypeName, 'null'>;
  /** What the value is, with what the contract says of it besides. */
  description: string;
  /** Whether it may be null, where the target can say so. */
  nullable?: true;
  /** The fields of an object. */
  properties?: Record<string, PlainSchema>;
  /** Which of them are always there. */
  required?: string[];
  /** The items of a list. */
  items?: PlainSchema;
}

interface PlainSchemaOptions {
  /** What the schema is of, for the message of an error. */
  place: string;
  /** Whether the target knows `nullable`. */
  nullable: boolean;
  /** The longest description that the target takes. */
  descriptionMaximum: number;
}

const NO_CONSTRAINT_KEPT: ReadonlySet<Keyword> = new Set();

/**
 * Rewrites a schema without constraints; what they say is told in the description of the field.
 * @param fallback the description where the contract has none
 * @throws AuthoringError where a field has several types, or what has to be told is too long
 */
export function plainSchema(schema: SchemaNode, fallback: string, options: PlainSchemaOptions): PlainSchema {
  const { place, descriptionMaximum: maximum } = options;
  const { node, nullable } = splitNull(schema);
  const { description = fallback, properties, required, items } = node;
  const { type, parts } = singleType(node, place);
  const told = toldSentence(description, [
    ...parts,
    ...droppedConstraints(node, NO_CONSTRAINT_KEPT),
    ...contentInWords({ additionalProperties: node.additionalProperties ?? false }),
    ...nullInWords(nullable, description),
  ]);
  return {
    type,
    description: fitDescription(description, told, { maximum, place }),
    ...(nullable && options.nullable && { nullable }),
    ...(properties && { properties: plainProperties(properties, options) }),
    ...(required && { required }),
    ...(items && { items: plainSchema(items, 'One item.', { ...options, place: `${place}[]` }) }),
  };
}

/** Tells that a field may be `null`, unless its description does. */
export function nullInWords(nullable: boolean, description: string): string[] {
  return nullable && !/\bnull\b/.test(description) ? ['or null'] : [];
}

function plainProperties(
  properties: Record<string, SchemaNode>,
  options: PlainSchemaOptions,
): Record<string, PlainSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, child]) => {
      const place = `${options.place}.${key}`;
      return [key, plainSchema(child, `The ${key}.`, { ...options, place })];
    }),
  );
}
