import type { Tool } from '../contract/define-tool.ts';
import { openApiDocument } from '../schemas/openapi.ts';
import { type DefinitionFormat, toolDefinitions } from '../schemas/tool-definitions.ts';

/** Everything that the discovery function returns. It is made at packaging and contains no tool's code. */
export interface DiscoveryCatalogue {
  /** The definitions of all tools in each format. */
  definitions: Readonly<Record<DefinitionFormat, object>>;
  /** The OpenAPI document without its servers. */
  openApi: Readonly<Record<string, unknown>>;
}

/**
 * @param version the version of the API
 * @throws AuthoringError if a format cannot express a contract
 */
export function discoveryCatalogue(tools: readonly Tool[], version: string): DiscoveryCatalogue {
  const { servers: _, ...openApi } = openApiDocument(tools, { version, servers: [] });
  return {
    definitions: {
      mcp: toolDefinitions(tools, 'mcp'),
      openai: toolDefinitions(tools, 'openai'),
      anthropic: toolDefinitions(tools, 'anthropic'),
      converse: toolDefinitions(tools, 'converse'),
    },
    openApi,
  };
}
