import * as z from 'zod';
import type { Tool } from '../contract/define-tool.ts';
import { AuthoringError } from '../errors/authoring-error.ts';
import { SchemaNode } from './schema-node.ts';

/** The schema of an object. It lists all fields of the object and allows no others. */
export interface ObjectSchema extends SchemaNode {
  type: 'object';
  /** The fields by their names. */
  properties: Record<string, SchemaNode>;
}

const ObjectRoot = z.looseObject({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()),
});

// The formats that JSON Schema defines. zod also writes formats of its own, which we remove.
// https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
const FORMATS: ReadonlySet<unknown> = new Set([
  'date-time',
  'date',
  'time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uuid',
]);

/**
 * Returns the JSON Schema 2020-12 of a tool's input, with the inputs of the contract's examples.
 * https://json-schema.org/draft/2020-12
 * @throws AuthoringError if the contract has something that JSON Schema cannot express
 */
export function inputSchema(tool: Tool): ObjectSchema {
  const examples = tool.examples.map(({ input }) => input);
  return withExamples(toJsonSchema(tool.input, 'input', `The input of ${tool.name}`), examples);
}

/**
 * Returns the JSON Schema 2020-12 of a tool's output.
 * https://json-schema.org/draft/2020-12
 * @throws AuthoringError if the contract has something that JSON Schema cannot express
 */
export function outputSchema(tool: Tool): ObjectSchema {
  // The output schema has no examples. They would only repeat the schema, and would cost tokens in every list of
  // tools.
  return toJsonSchema(tool.output, 'output', `The output of ${tool.name}`);
}

/**
 * Returns the JSON Schema of a zod object.
 * @param io `input` for received values, which may lack fields with a default; `output` for returned values
 * @param place the name of the schema in error messages
 * @throws AuthoringError
 */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output', place: string): ObjectSchema {
  const { $schema, '~standard': _, ...generated } = generate(schema, io, place);
  const { data: node, error } = SchemaNode.safeParse(generated);
  if (error) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'the root'}: ${message}`);
    throw new AuthoringError(
      `${place} has something that a tool's schema cannot express. ${faults.join('; ')}.`,
      {
        cause: error,
      },
    );
  }
  if (!isObjectSchema(node)) throw new AuthoringError(`${place} must be an object.`);
  return node;
}

function isObjectSchema(node: SchemaNode): node is ObjectSchema {
  return ObjectRoot.safeParse(node).success;
}

function generate(schema: z.ZodType, io: 'input' | 'output', place: string) {
  try {
    return z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => tidy(jsonSchema) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AuthoringError(`${place} has no JSON Schema: ${reason}.`, { cause });
  }
}

/** Forbids undeclared fields in objects, and removes keywords that zod adds. */
function tidy(node: z.core.JSONSchema.BaseSchema): void {
  if (node.properties) node.additionalProperties ??= false;
  if (!FORMATS.has(node.format)) delete node.format;
  // zod gives every integer the bounds of safe integers (±2^53). A caller does not need these bounds.
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
}

function withExamples(schema: ObjectSchema, examples: Record<string, unknown>[]): ObjectSchema {
  return examples.length > 0 ? { ...schema, examples } : schema;
}
