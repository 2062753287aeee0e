import type { Tool } from '../contract/define-tool.ts';
import { inputSchema, type ObjectSchema, outputSchema } from './json-schema.ts';
import { makeNullable, splitNull } from './nullable-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { toolTitle } from './tool-description.ts';

/** Hints about a tool for clients. We set every hint, because the protocol's defaults are the worst case. */
interface McpAnnotations {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
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
  const { properties, ...output } = outputSchema(tool);
  return {
    name: tool.name,
    title: toolTitle(tool),
    description: tool.description,
    inputSchema: inputSchema(tool),
    outputSchema: { ...open(output), properties: mapValues(properties, leanOutput) },
    annotations: annotationsOf(tool),
  };
}

const BOUNDS = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern'] as const;

/**
 * Leaves lengths and bounds out of an output's schema, and that its objects are closed. The output still obeys them, but
 * its reader need not know them, and they cost a third of the schema's tokens in every list of tools.
 */
function leanOutput(node: SchemaNode): SchemaNode {
  const { node: inner, nullable } = splitNull(node);
  const lean = open({ ...inner });
  for (const bound of BOUNDS) delete lean[bound];
  const { properties, items, anyOf } = inner;
  if (properties) lean.properties = mapValues(properties, leanOutput);
  if (items) lean.items = leanOutput(items);
  if (anyOf) lean.anyOf = anyOf.map(leanOutput);
  return nullable ? makeNullable(lean) : lean;
}

function open<Node extends SchemaNode>({ additionalProperties, ...node }: Node) {
  return additionalProperties ? { ...node, additionalProperties } : node;
}

function mapValues<Value>(record: Readonly<Record<string, Value>>, map: (value: Value) => Value) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function annotationsOf({ effect, idempotent, confirm }: Tool): McpAnnotations {
  return {
    readOnlyHint: effect === 'read',
    // An update overwrites data. Clients ask the user before they call a tool with this hint.
    destructiveHint: effect === 'update' || effect === 'delete' || confirm,
    idempotentHint: effect === 'read' || idempotent,
    openWorldHint: true,
  };
}
