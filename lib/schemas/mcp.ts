import type * as z from 'zod';
import { completenessOutput } from '../contract/completeness.ts';
import type { Tool } from '../contract/define-tool.ts';
import { pagingOutput } from '../contract/paging.ts';
import { inputSchema, type ObjectSchema, outputSchema } from './json-schema.ts';
import { makeNullable, splitNull } from './nullable-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { toolTitle } from './tool-description.ts';

/**
 * Hints about a tool for clients. A hint that is left out has the protocol's default: it does not only read, it is not
 * idempotent, and its world is open. `destructiveHint` is always set, because many clients ask the user only if it is true.
 */
interface McpAnnotations {
  readOnlyHint?: true;
  destructiveHint: boolean;
  /** Only for a tool that writes. */
  idempotentHint?: true;
}

export interface McpTool {
  name: string;
  title: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema: ObjectSchema;
  annotations: McpAnnotations;
}

/**
 * Returns the definition of a tool in the Model Context Protocol.
 * https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool
 */
export function mcpTool(tool: Tool): McpTool {
  return {
    name: tool.name,
    title: toolTitle(tool),
    description: tool.description,
    inputSchema: inputSchema(tool),
    outputSchema: { type: 'object', properties: leanProperties(outputSchema(tool).properties) },
    annotations: annotationsOf(tool),
  };
}

const BOUNDS = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern'] as const;
// The instructions of the MCP server describe these fields once for all tools.
const SHARED: Readonly<Record<string, z.ZodType>> = { ...pagingOutput, ...completenessOutput };

/**
 * Removes from an output's schema the lengths, the bounds, and that objects are closed and have all their fields. The
 * output still follows these rules, but they would be half of the schema's tokens in every list of tools.
 */
function leanOutput(node: SchemaNode): SchemaNode {
  const { node: inner, nullable } = splitNull(node);
  const { additionalProperties, required: _, ...lean } = inner;
  for (const bound of BOUNDS) delete lean[bound];
  if (additionalProperties) Object.assign(lean, { additionalProperties });
  const { properties, items, anyOf } = inner;
  if (properties) lean.properties = leanProperties(properties);
  if (items) lean.items = leanOutput(items);
  if (anyOf) lean.anyOf = anyOf.map(leanOutput);
  return nullable ? makeNullable(lean) : lean;
}

function leanProperties(properties: ObjectSchema['properties']): ObjectSchema['properties'] {
  return Object.fromEntries(
    Object.entries(properties).map(([key, node]) => {
      const { description, ...rest } = leanOutput(node);
      const isShared = description === undefined || description === SHARED[key]?.description;
      return [key, isShared ? rest : { ...rest, description }];
    }),
  );
}

function annotationsOf({ effect, idempotent, confirm }: Tool): McpAnnotations {
  if (effect === 'read') return { readOnlyHint: true, destructiveHint: false };
  return {
    // An update overwrites data. Clients ask the user before they call a tool with this hint.
    destructiveHint: effect === 'update' || effect === 'delete' || confirm,
    ...(idempotent && { idempotentHint: true }),
  };
}
