import { join } from 'node:path';
import { discoverTools } from '../../lib/deploy/discover-tools.ts';
import { type McpCatalogue, mcpCatalogue } from '../../lib/mcp/mcp-catalogue.ts';
import type { InvokeTool } from '../../lib/mcp/tool-invoker.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import type { Log } from '../../lib/telemetry/log.ts';
import { assertSettings } from '../deploy-tools.ts';
import { startDynamoDb } from '../dynamodb/start-dynamodb.ts';
import { invokeInProcess } from '../lambda/invoke-in-process.ts';
import { toolFunctions, VERSION } from '../lambda/stack-functions.ts';
import { LocalProviders } from '../providers/local-providers.ts';
import { seedOfProviders } from '../scalekit/seed-of-providers.ts';
import { settingsOf, startScalekitEmulator } from '../scalekit/start-scalekit-emulator.ts';
import { StackParts } from '../stack-parts.ts';

const ANY_PORT = 0;
const PROJECT_DIRECTORY = join(import.meta.dirname, '../..');

export interface StartedTools {
  catalogue: McpCatalogue;
  /** Calls a tool in this process. */
  invoke: InvokeTool;
  close(): Promise<void>;
}

/**
 * Starts the tools for a caller in the same process, without the HTTP API.
 * @param scalekit the settings of a real Scalekit environment. If it is undefined, emulators are started;
 * otherwise no port is opened.
 * @throws SettingsError if a setting that the tools need is missing or malformed
 * @throws ToolFileError if a tool cannot be loaded
 */
export async function startTools(scalekit: Environment | undefined, log: Log): Promise<StartedTools> {
  const parts = new StackParts(ANY_PORT);
  try {
    const variables = scalekit
      ? { USER_VERIFY_URL: 'none', IDEMPOTENCY_TABLE: 'none', ...scalekit }
      : await startEmulators(parts);
    const discovered = await discoverTools(PROJECT_DIRECTORY);
    const tools = discovered.map(({ tool }) => tool);
    assertSettings(variables, tools);
    return {
      catalogue: mcpCatalogue(tools, VERSION),
      invoke: invokeInProcess(toolFunctions(discovered, { variables, log })),
      close: () => parts.close(),
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** Starts the emulators that the tools call, and returns the settings for the tools. */
async function startEmulators(parts: StackParts): Promise<Environment> {
  const providers = new LocalProviders(PROJECT_DIRECTORY);
  parts.add(providers);
  const started = await providers.startOrRestart((_place, _connector, start) => start(ANY_PORT));
  const scalekit = await startScalekitEmulator({ seed: seedOfProviders(started) });
  parts.add(scalekit);
  const dynamoDb = await startDynamoDb();
  parts.add(dynamoDb);
  return { USER_VERIFY_URL: 'none', ...settingsOf(scalekit), ...dynamoDb.variables };
}
