import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connector } from '../../lib/contract/define-connector.ts';

const PROJECT = join(import.meta.dirname, '../..');

function isConnector(value: unknown): value is Connector {
  return typeof value === 'object' && value !== null && 'name' in value && 'errors' in value;
}

/** Returns the connectors of this project by name. A fork may have removed some of them. */
export async function projectConnectors(): Promise<Map<string, Connector>> {
  const connectors = new Map<string, Connector>();
  for (const file of globSync('functions/*/connector.ts', { cwd: PROJECT })) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(PROJECT, file)).href);
    for (const value of Object.values(exported)) if (isConnector(value)) connectors.set(value.name, value);
  }
  return connectors;
}
