import { isSpecType, type Tool as ProtocolTool } from '@modelcontextprotocol/server';
import type { Effect, Tool } from '../contract/define-tool.ts';
import { AuthoringError } from '../errors/authoring-error.ts';
import { mcpTool } from '../schemas/mcp.ts';
import type { ConnectorNames } from '../settings/settings.ts';

/** The data of a tool that the MCP server needs. The tool's code runs in another function. */
export interface CataloguedTool {
  definition: ProtocolTool;
  effect: Effect;
  connector: ConnectorNames;
}

/** The data that an MCP server returns. We generate it from the tools when we package the MCP function. */
export interface McpCatalogue {
  version: string;
  tools: readonly CataloguedTool[];
}

/**
 * @param version the version that the server reports
 * @throws AuthoringError if the protocol cannot express a contract
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
  throw new AuthoringError(`The contract of ${tool.name} is not a valid tool of the Model Context Protocol.`);
}
