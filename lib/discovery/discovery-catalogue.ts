import type { Tool } from '../contract/define-tool.ts';
import { openApiDocument } from '../schemas/openapi.ts';
import { allDefinitions, DEFINITION_FORMATS, type DefinitionFormat } from '../schemas/tool-definitions.ts';
import type { SelectableTool } from '../surfaces/tool-selection.ts';

interface DefinedTool extends SelectableTool {
  /** The tool's definition in each format. */
  definitions: Readonly<Record<DefinitionFormat, object>>;
}

/**
 * The data that the discovery function returns. We generate it from the tools when we package the function, so that
 * the function does not need the tools' code.
 */
export interface DiscoveryCatalogue {
  /** The formats of the definitions, with the default first. */
  formats: readonly DefinitionFormat[];
  tools: readonly DefinedTool[];
  /** The OpenAPI document without `servers`. */
  openApi: Readonly<Record<string, unknown>>;
}

/**
 * @param version the version of the API
 * @throws AuthoringError if a format cannot express a contract
 */
export function discoveryCatalogue(tools: readonly Tool[], version: string): DiscoveryCatalogue {
  const { servers: _, ...openApi } = openApiDocument(tools, { version, servers: [] });
  return {
    formats: DEFINITION_FORMATS,
    tools: tools.map((tool) => ({
      name: tool.name,
      connector: tool.connector.name,
      effect: tool.effect,
      definitions: allDefinitions(tool),
    })),
    openApi,
  };
}
