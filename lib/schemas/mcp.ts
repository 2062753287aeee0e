import type * as z from 'zod';
import { completenessOutput } from '../contract/completeness.ts';
import type { Tool } from '../contract/define-tool.ts';
import { pagingOutput } from '../contract/paging.ts';
import { inputSchema, type ObjectSchema, outputSchema } from './json-schema.ts';
import { makeNullable, splitNull } from './nullable-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { toolTitle } from './tool-description.ts';

/**
 * Hints about a tool for clients. We leave out a hint that has the protocol's default: false for `readOnlyHint` and
 * `idempotentHint`, true for `openWorldHint`. We always set `destructiveHint`, because many clients ask the user only
 * if it is true.
 */
interface McpAnnotations {
  readOnlyHint?: true;
  destructiveHint: boolean;
  /** Set only for a tool that writes. */
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
// The MCP server's instructions describe these fields once for all tools. The schemas therefore leave out the
// descriptions.
const SHARED: Readonly<Record<string, z.ZodType>> = { ...pagingOutput, ...completenessOutput };

/**
 * Removes constraints from an output's schema: lengths, bounds, required fields, and the rule that an object has no
 * other fields. They would double the tokens of the schema in every list of tools. The outputs still satisfy them.
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
    // Clients ask the user before they call a tool with this hint. We set it for an update too, because an update
    // overwrites data.
    destructiveHint: effect === 'update' || effect === 'delete' || confirm,
    ...(idempotent && { idempotentHint: true }),
  };
}
