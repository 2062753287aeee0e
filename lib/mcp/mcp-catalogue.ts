import { isSpecType, type Tool as ProtocolTool } from '@modelcontextprotocol/server';
import type { Effect, Tool } from '../contract/define-tool.ts';
import { AuthoringError } from '../errors/authoring-error.ts';
import { mcpTool } from '../schemas/mcp.ts';
import type { ConnectorNames } from '../settings/settings.ts';

/** What an MCP server has to know of a tool; its code is in a function of its own. */
export interface CataloguedTool {
  definition: ProtocolTool;
  effect: Effect;
  connector: ConnectorNames;
}

/** All that an MCP server knows, made when its function is packaged. */
export interface McpCatalogue {
  version: string;
  tools: readonly CataloguedTool[];
}

/**
 * @param version what the server tells as its version
 * @throws AuthoringError where the protocol cannot say what a contract says
 */
export function mcpCatalogue(tools: readonly Tool[], version: string): McpCatalogue {
  return {
    version,
    tools: tools.map((tool) => {
      const { name, connectionSetting, identityTemplateSetting } = tool.connector;
      return {
        definition: definitionOf(tool),
        effect: tool.effect,
        connector: { name, connectionSetting, identityTemplateSetting },
      };
    }),
  };
}

function definitionOf(tool: Tool): ProtocolTool {
  const definition: unknown = mcpTool(tool);
  if (isSpecType.Tool(definition)) return definition;
  throw new AuthoringError(`The contract of ${tool.name} makes no tool of the Model Context Protocol.`);
}
