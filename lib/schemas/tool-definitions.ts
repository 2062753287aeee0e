import type { Tool } from '../contract/define-tool.ts';
import { anthropicTool } from './anthropic.ts';
import { converseTool } from './converse.ts';
import { mcpTool } from './mcp.ts';
import { openAiTool } from './openai.ts';

/** The forms in which agents take the definitions of tools; the first is the default. */
export const DEFINITION_FORMATS = ['mcp', 'openai', 'anthropic', 'converse'] as const;

/** One of {@link DEFINITION_FORMATS}. */
export type DefinitionFormat = (typeof DEFINITION_FORMATS)[number];

const PROJECTIONS: Record<DefinitionFormat, (tool: Tool) => object> = {
  mcp: mcpTool,
  openai: openAiTool,
  anthropic: anthropicTool,
  converse: converseTool,
};

/** The definitions of tools in one form, under the key that a request to a model has for them. */
export function toolDefinitions(tools: readonly Tool[], format: DefinitionFormat): { tools: object[] } {
  return { tools: tools.map(PROJECTIONS[format]) };
}

/** The definition of a tool in each form. */
export function allDefinitions(tool: Tool): Record<DefinitionFormat, object> {
  const { mcp, openai, anthropic, converse } = PROJECTIONS;
  return { mcp: mcp(tool), openai: openai(tool), anthropic: anthropic(tool), converse: converse(tool) };
}
