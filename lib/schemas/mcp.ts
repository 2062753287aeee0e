import type { Tool } from '../contract/define-tool.ts';
import { inputSchema, type ObjectSchema, outputSchema } from './json-schema.ts';
import { toolTitle } from './tool-title.ts';

/** A client may assume these of a tool. Every hint is given, because the protocol's defaults are the worst case. */
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
 * The definition of a tool in the Model Context Protocol.
 * https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool
 */
export function mcpTool(tool: Tool): McpTool {
  return {
    name: tool.name,
    title: toolTitle(tool),
    description: tool.description,
    inputSchema: inputSchema(tool),
    outputSchema: outputSchema(tool),
    annotations: annotationsOf(tool),
  };
}

function annotationsOf({ effect, idempotent, confirm }: Tool): McpAnnotations {
  return {
    readOnlyHint: effect === 'read',
    // An update replaces what was there. Clients ask the user before they call a tool that has this hint.
    destructiveHint: effect === 'update' || effect === 'delete' || confirm,
    idempotentHint: effect === 'read' || idempotent,
    openWorldHint: true,
  };
}
