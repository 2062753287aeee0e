import * as z from 'zod';

const TypeName = z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);

/** The name of a type in JSON Schema. */
export type TypeName = z.output<typeof TypeName>;

/**
 * JSON Schema 2020-12 with the keywords that a contract can produce. We write the keywords in the order of this
 * schema, and reject all others.
 * https://json-schema.org/draft/2020-12/json-schema-validation
 */
export const SchemaNode = z.strictObject({
  type: z.union([TypeName, z.array(TypeName)]).exactOptional(),
  title: z.string().exactOptional(),
  description: z.string().exactOptional(),
  enum: z.array(z.unknown()).exactOptional(),
  const: z.unknown().exactOptional(),
  format: z.string().exactOptional(),
  contentEncoding: z.string().exactOptional(),
  pattern: z.string().exactOptional(),
  minLength: z.number().exactOptional(),
  maxLength: z.number().exactOptional(),
  minimum: z.number().exactOptional(),
  exclusiveMinimum: z.number().exactOptional(),
  maximum: z.number().exactOptional(),
  exclusiveMaximum: z.number().exactOptional(),
  multipleOf: z.number().exactOptional(),
  get items() {
    return SchemaNode.exactOptional();
  },
  minItems: z.number().exactOptional(),
  maxItems: z.number().exactOptional(),
  get properties() {
    return z.record(z.string(), SchemaNode).exactOptional();
  },
  required: z.array(z.string()).exactOptional(),
  get propertyNames() {
    return SchemaNode.exactOptional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), SchemaNode]).exactOptional();
  },
  get anyOf() {
    return z.array(SchemaNode).exactOptional();
  },
  get oneOf() {
    return z.array(SchemaNode).exactOptional();
  },
  get allOf() {
    return z.array(SchemaNode).exactOptional();
  },
  default: z.unknown().exactOptional(),
  examples: z.array(z.unknown()).exactOptional(),
});

/**
 * A JSON Schema with the keywords that a contract can produce.
 * https://json-schema.org/draft/2020-12
 */
export type SchemaNode = z.output<typeof SchemaNode>;
