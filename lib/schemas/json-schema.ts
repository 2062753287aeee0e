import * as z from 'zod';
import type { Tool } from '../contract/define-tool.ts';
import { AuthoringError } from '../errors/authoring-error.ts';
import { SchemaNode } from './schema-node.ts';

/** The schema of an object, with all that it declares; it lets no other key pass. */
export interface ObjectSchema extends SchemaNode {
  /** Always an object. */
  type: 'object';
  /** Its fields, by their names. */
  properties: Record<string, SchemaNode>;
}

const ObjectRoot = z.looseObject({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()),
});

// https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3; zod has names of its own for others.
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
 * The JSON Schema 2020-12 of what a caller may send, with the inputs of the contract's examples.
 * https://json-schema.org/draft/2020-12
 * @throws AuthoringError where the contract has something that JSON Schema cannot say
 */
export function inputSchema(tool: Tool): ObjectSchema {
  const examples = tool.examples.map(({ input }) => input);
  return withExamples(toJsonSchema(tool.input, 'input', `The input of ${tool.name}`), examples);
}

/**
 * Returns the JSON Schema 2020-12 of a tool's output.
 * https://json-schema.org/draft/2020-12
 * @throws AuthoringError if the contract has something that JSON Schema cannot say
 */
export function outputSchema(tool: Tool): ObjectSchema {
  // Without the examples: they cost tokens in every list of tools, and only tell what the schema says.
  return toJsonSchema(tool.output, 'output', `The output of ${tool.name}`);
}

/**
 * The JSON Schema of a zod object.
 * @param io whether it is about what comes in, where defaults may be absent, or what goes out
 * @param place what the schema is of, for the message of an error
 * @throws AuthoringError
 */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output', place: string): ObjectSchema {
  const { $schema, '~standard': _, ...generated } = generate(schema, io, place);
  const { data: node, error } = SchemaNode.safeParse(generated);
  if (error) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'the root'}: ${message}`);
    throw new AuthoringError(`${place} is more than a tool's schema can say. ${faults.join('; ')}.`, {
      cause: error,
    });
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

/** Closes objects, and takes out what zod adds of its own. */
function tidy(node: z.core.JSONSchema.BaseSchema): void {
  if (node.properties) node.additionalProperties ??= false;
  if (!FORMATS.has(node.format)) delete node.format;
  // Every integer of zod is a safe one; that tells a caller nothing.
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
}

function withExamples(schema: ObjectSchema, examples: Record<string, unknown>[]): ObjectSchema {
  return examples.length > 0 ? { ...schema, examples } : schema;
}
