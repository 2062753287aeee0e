import type { Tool } from '../contract/define-tool.ts';
import { anthropicTool } from './anthropic.ts';
import { converseTool } from './converse.ts';
import { mcpTool } from './mcp.ts';
import { openAiTool } from './openai.ts';

/** The formats of tool definitions; the first is the default. */
export const DEFINITION_FORMATS = ['mcp', 'openai', 'anthropic', 'converse'] as const;

/** One of {@link DEFINITION_FORMATS}. */
export type DefinitionFormat = (typeof DEFINITION_FORMATS)[number];

const PROJECTIONS: Record<DefinitionFormat, (tool: Tool) => object> = {
  mcp: mcpTool,
  openai: openAiTool,
  anthropic: anthropicTool,
  converse: converseTool,
};

/** Returns the definitions of tools in one format, under the key `tools` as in a request to a model. */
export function toolDefinitions(tools: readonly Tool[], format: DefinitionFormat): { tools: object[] } {
  return { tools: tools.map(PROJECTIONS[format]) };
}

/** Returns the definition of a tool in each format. */
export function allDefinitions(tool: Tool): Record<DefinitionFormat, object> {
  const { mcp, openai, anthropic, converse } = PROJECTIONS;
  return { mcp: mcp(tool), openai: openai(tool), anthropic: anthropic(tool), converse: converse(tool) };
}
