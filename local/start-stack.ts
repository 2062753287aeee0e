import { join } from 'node:path';
import type { Tool } from '../lib/contract/define-tool.ts';
import { handlerWith } from '../lib/create-handler.ts';
import { type DiscoveredTool, discoverTools } from '../lib/deploy/discover-tools.ts';
import { discoveryCatalogue } from '../lib/discovery/discovery-catalogue.ts';
import { createDiscoveryFunction } from '../lib/discovery/discovery-function.ts';
import { type McpCatalogue, mcpCatalogue } from '../lib/mcp/mcp-catalogue.ts';
import { createMcpFunction } from '../lib/mcp/mcp-function.ts';
import { createToolInvoker, type InvokeTool } from '../lib/mcp/tool-invoker.ts';
import {
  type Environment,
  readConnectorSettings,
  readSettings,
  readWriteSettings,
} from '../lib/settings/settings.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { guardWrites } from '../lib/writes/guard-writes.ts';
import packageJson from '../package.json' with { type: 'json' };
import { type LocalDynamoDb, startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { type Gateway, startGateway } from './gateway/start-gateway.ts';
import { type Issuer, startIssuer } from './issuer/start-issuer.ts';
import type { LocalFunction } from './lambda/invoke-function.ts';
import { type InvokeApi, startInvokeApi } from './lambda/start-invoke-api.ts';
import { startGmail } from './providers/gmail.ts';
import type { LocalProvider } from './providers/local-provider.ts';
import { startSlack } from './providers/slack.ts';
import type { ScalekitSeed } from './scalekit/scalekit-seed.ts';
import { type ScalekitEmulator, startScalekitEmulator } from './scalekit/start-scalekit-emulator.ts';

const VERSION = packageJson.version;
// The API of AWS asks for these; nothing here checks them.
const LOCAL_AWS = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const PROJECT_DIRECTORY = join(import.meta.dirname, '..');

/** The function of a tool. */
interface ToolFunction extends LocalFunction {
  tool: Tool;
}

export interface StackOptions {
  /** The first of seven ports in a row; 0, the default, takes any free ones. */
  firstPort?: number;
  /** Settings besides those of the stack itself. */
  variables?: Environment;
  /** A real Scalekit environment in place of the emulator and the providers behind it. */
  scalekit?: Environment;
  log?: Log;
}

export interface Stack {
  gateway: Gateway;
  /** What invokes a function without the gateway. */
  lambda: InvokeApi;
  dynamoDb: LocalDynamoDb;
  issuer: Issuer;
  /** Undefined where a real environment is used. */
  scalekit: ScalekitEmulator | undefined;
  providers: LocalProvider[];
  /** The settings of the functions. */
  variables: Environment;
  functions: readonly ToolFunction[];
  catalogue: McpCatalogue;
  /** Invokes the function of a tool, as the MCP function does. */
  invoke: InvokeTool;
  close(): Promise<void>;
}

/** A port of the stack that something else has. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/** Starts everything that a tool needs on this machine, and the tools in front of it. */
export async function startStack({
  firstPort = 0,
  variables = {},
  scalekit: real,
  log,
}: StackOptions = {}): Promise<Stack> {
  const started: { close(): Promise<void> }[] = [];
  const close = async () => {
    await Promise.all(started.map((part) => part.close()));
  };
  async function start<Part extends { close(): Promise<void> }>(
    name: string,
    offset: number,
    part: (port: number) => Promise<Part>,
  ) {
    const port = firstPort && firstPort + offset;
    const running = await part(port).catch((cause: unknown) => {
      const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      throw taken ? new PortTakenError(`Port ${port}, for ${name}, is taken.`, { cause }) : cause;
    });
    started.push(running);
    return running;
  }

  try {
    const issuer = await start('the issuer of tokens', 2, (port) => startIssuer({ port }));
    const providers = real
      ? []
      : [
          await start('Gmail', 3, (port) => startGmail({ port })),
          await start('Slack', 4, (port) => startSlack({ port })),
        ];
    const scalekit = real
      ? undefined
      : await start('Scalekit', 1, (port) => startScalekitEmulator({ port, seed: seedOf(providers) }));
    const dynamoDb = await start('DynamoDB', 6, (port) => startDynamoDb({ port }));
    const settings = {
      ...LOCAL_SETTINGS,
      ...(scalekit ? settingsOf(scalekit) : real),
      // All tokens here are this issuer's, whoever issues those of the deployed tools.
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: issuer.audience,
      ...dynamoDb.variables,
      ...variables,
    };
    const tools = await discoverTools(PROJECT_DIRECTORY);
    assertSettings(settings, tools);
    const functions = tools.map(({ tool }) => ({
      tool,
      functionName: tool.name,
      // No CloudWatch reads what a terminal shows.
      handler: handlerWith(guardWrites, tool, {
        variables: settings,
        metrics: () => {},
        ...(log && { log }),
      }),
    }));
    const lambda = await start('the Lambda API', 5, (port) => startInvokeApi({ port, functions }));
    const catalogued = tools.map(({ tool }) => tool);
    const catalogue = mcpCatalogue(catalogued, VERSION);
    const invoke = createToolInvoker('', { endpoint: lambda.url, ...LOCAL_AWS });
    const discovery = {
      functionName: 'discovery',
      handler: createDiscoveryFunction(discoveryCatalogue(catalogued, VERSION), {
        variables: settings,
        ...(log && { log }),
      }),
    };
    const mcp = {
      functionName: 'mcp',
      handler: createMcpFunction(catalogue, {
        variables: settings,
        invoke,
        ...(log && { log }),
      }),
    };
    const gateway = await start('the tools', 0, (port) =>
      startGateway({
        port,
        issuer: issuer.url,
        audience: issuer.audience,
        routes: [
          ...functions.map((called) => ({
            method: 'POST' as const,
            path: `/tools/${called.functionName}`,
            ...called,
          })),
          { method: 'GET', path: '/tools', ...discovery },
          { method: 'GET', path: '/openapi.json', ...discovery },
          { method: 'ANY', path: '/mcp', ...mcp },
        ],
      }),
    );
    return {
      gateway,
      lambda,
      dynamoDb,
      issuer,
      scalekit,
      providers,
      variables: settings,
      functions,
      catalogue,
      invoke,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tells at once what the first call of a tool would tell. */
function assertSettings(settings: Environment, tools: readonly DiscoveredTool[]): void {
  readSettings(settings);
  for (const { tool } of tools) {
    readConnectorSettings(tool.connector, settings);
    if (tool.effect !== 'read') readWriteSettings(settings);
  }
}

const LOCAL_SETTINGS = { USER_VERIFY_URL: 'none' };

function settingsOf({ url, clientId, clientSecret }: ScalekitEmulator): Environment {
  return { SCALEKIT_ENV_URL: url, SCALEKIT_CLIENT_ID: clientId, SCALEKIT_CLIENT_SECRET: clientSecret };
}

/** Ada has connected everything, Grace all but Gmail; others show the remaining statuses. */
function seedOf(providers: readonly LocalProvider[]): ScalekitSeed {
  return {
    connections: providers.map(({ connector, url }) => ({ name: connector, connector, providerUrl: url })),
    grants: providers.flatMap(({ connector, grants }) => grants.map((grant) => ({ connector, ...grant }))),
    accounts: [
      { connection: 'gmail', identifier: 'user_ada', status: 'ACTIVE' },
      { connection: 'slack', identifier: 'user_ada', status: 'ACTIVE' },
      { connection: 'slack', identifier: 'user_grace', status: 'ACTIVE' },
      { connection: 'gmail', identifier: 'user_pending', status: 'PENDING_AUTH' },
      { connection: 'gmail', identifier: 'user_unverified', status: 'PENDING_VERIFICATION' },
      { connection: 'gmail', identifier: 'user_expired', status: 'EXPIRED' },
      { connection: 'gmail', identifier: 'user_disconnected', status: 'DISCONNECTED' },
    ],
  };
}
