import type { Tool } from '../contract/define-tool.ts';
import { toolsByConnector } from '../contract/tools-by-connector.ts';
import type { ConnectorNames } from '../settings/settings.ts';

/**
 * Data for the accounts function. We generate it from the tools when we package the function, so that the function
 * does not need the tools' code.
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
