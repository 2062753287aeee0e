import type { Tool } from '../contract/define-tool.ts';
import { toolsByConnector } from '../contract/tools-by-connector.ts';
import type { ConnectorNames } from '../settings/settings.ts';

/**
 * The data about the tools that the accounts function needs. It is generated at packaging and contains no tool's
 * code.
 */
export interface AccountsCatalogue {
  /** The connectors that have tools, sorted by name. */
  connectors: readonly ConnectorNames[];
}

export function accountsCatalogue(tools: readonly Tool[]): AccountsCatalogue {
  return {
    connectors: toolsByConnector(tools).map(({ connector }) => {
      const { name, connectionSetting, identityTemplateSetting } = connector;
      return { name, connectionSetting, identityTemplateSetting };
    }),
  };
}
