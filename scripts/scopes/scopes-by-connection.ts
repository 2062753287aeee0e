import type { Tool } from '../../lib/contract/define-tool.ts';
import { toolsByConnector } from '../../lib/contract/tools-by-connector.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import { readConnectorSettings } from '../../lib/settings/settings.ts';

/**
 * Returns the scopes that each connection needs for its tools, sorted. The keys are the names of the connections in
 * Scalekit.
 * @param variables environment variables such as `GMAIL_CONNECTION`, which may contain the names of connections
 * @throws SettingsError
 */
export function scopesByConnection(tools: readonly Tool[], variables: Environment): Map<string, string[]> {
  const connections = new Map<string, string[]>();
  for (const { connector, scopes } of toolsByConnector(tools)) {
    const { connection } = readConnectorSettings(connector, variables);
    const others = connections.get(connection) ?? [];
    connections.set(connection, [...new Set([...others, ...scopes])].sort());
  }
  return connections;
}
