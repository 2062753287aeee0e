import type { Tool } from '../contract/define-tool.ts';
import { openApiDocument } from '../schemas/openapi.ts';
import { type DefinitionFormat, toolDefinitions } from '../schemas/tool-definitions.ts';

/** All that the discovery function tells, made when it is packaged: it holds no tool's code. */
export interface DiscoveryCatalogue {
  /** The definitions of all tools in each form, as JSON. */
  definitions: Readonly<Record<DefinitionFormat, string>>;
  /** The OpenAPI document without its servers. */
  openApi: Readonly<Record<string, unknown>>;
}

/**
 * @param version the version of the API
 * @throws AuthoringError where a form cannot say what a contract says
 */
export function discoveryCatalogue(tools: readonly Tool[], version: string): DiscoveryCatalogue {
  const json = (format: DefinitionFormat) => JSON.stringify(toolDefinitions(tools, format));
  const { servers: _, ...openApi } = openApiDocument(tools, { version, servers: [] });
  return {
    definitions: {
      mcp: json('mcp'),
      openai: json('openai'),
      anthropic: json('anthropic'),
      converse: json('converse'),
    },
    openApi,
  };
}
