import { droppedConstraints, type Keyword } from './dropped-constraints.ts';
import { splitNull } from './nullable-schema.ts';
import type { SchemaNode, TypeName } from './schema-node.ts';
import { singleType } from './single-type.ts';
import { additionalSentence, fitDescription } from './tool-description.ts';
import { contentInWords } from './type-in-words.ts';

/**
 * A schema that uses only the five keywords that every target (such as Bedrock) supports, and `nullable` of OpenAPI
 * 3.0.
 */
export interface PlainSchema {
  /** The type of the value. A value has only one type. */
  type: Exclude<TypeName, 'null'>;
  /** The description, followed by the contract's constraints in words. */
  description: string;
  /** True if the value may be null and the target supports `nullable`. */
  nullable?: true;
  /** The fields of an object. */
  properties?: Record<string, PlainSchema>;
  /** The fields that are always present. */
  required?: string[];
  /** The items of a list. */
  items?: PlainSchema;
}

interface PlainSchemaOptions {
  /** The name of the schema in error messages. */
  place: string;
  /** True if the target supports `nullable`. */
  nullable: boolean;
  /** The target's maximum length of a description. */
  descriptionMaximum: number;
}

const NO_CONSTRAINT_KEPT: ReadonlySet<Keyword> = new Set();

/**
 * Converts a schema to a plain schema. The field's description then contains the other constraints in words.
 * @param fallback the description if the contract has none
 * @throws AuthoringError if a field has several types, or if the description of its constraints is too long
 */
export function plainSchema(schema: SchemaNode, fallback: string, options: PlainSchemaOptions): PlainSchema {
  const { place, descriptionMaximum: maximum } = options;
  const { node, nullable } = splitNull(schema);
  const { description = fallback, properties, required, items } = node;
  const { type, parts } = singleType(node, place);
  const addition = additionalSentence(description, [
    ...parts,
    ...droppedConstraints(node, NO_CONSTRAINT_KEPT),
    ...contentInWords({ additionalProperties: node.additionalProperties ?? false }),
    ...nullInWords(nullable, description),
  ]);
  return {
    type,
    description: fitDescription(description, addition, { maximum, place }),
    ...(nullable && options.nullable && { nullable }),
    ...(properties && { properties: plainProperties(properties, options) }),
    ...(required && { required }),
    ...(items && { items: plainSchema(items, 'One item.', { ...options, place: `${place}[]` }) }),
  };
}

/**
 * Returns words for the description of a field that may be `null`. Returns no words if the description already
 * mentions `null`.
 */
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
