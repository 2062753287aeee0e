import type { Connector } from './define-connector.ts';
import type { Tool } from './define-tool.ts';

/** A connector and its tools. */
export interface ConnectorTools {
  connector: Connector;
  tools: readonly Tool[];
  /** The scopes of all the connector's tools, sorted. */
  scopes: readonly string[];
}

/** Returns the connectors that have tools, sorted by name. */
export function toolsByConnector(tools: readonly Tool[]): ConnectorTools[] {
  const groups = new Map<string, { connector: Connector; tools: Tool[] }>();
  for (const tool of tools) {
    const { connector } = tool;
    const group = groups.get(connector.name) ?? { connector, tools: [] };
    group.tools.push(tool);
    groups.set(connector.name, group);
  }
  return [...groups.values()]
    .map((group) => ({ ...group, scopes: unionOf(group.tools) }))
    .sort((one, other) => one.connector.name.localeCompare(other.connector.name));
}

function unionOf(tools: readonly Tool[]): string[] {
  return [...new Set(tools.flatMap(({ scopes }) => scopes))].sort();
}
