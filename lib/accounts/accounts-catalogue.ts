import type { Tool } from '../contract/define-tool.ts';
import { toolsByConnector } from '../contract/tools-by-connector.ts';
import type { ConnectorNames } from '../settings/settings.ts';

/** All that the accounts function knows of the tools, made when it is packaged: it holds no tool's code. */
export interface AccountsCatalogue {
  /** The connectors that have tools, by their names. */
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
