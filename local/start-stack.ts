import { join } from 'node:path';
import { type DiscoveredTool, discoverTools } from '../lib/deploy/discover-tools.ts';
import { type McpCatalogue, mcpCatalogue } from '../lib/mcp/mcp-catalogue.ts';
import { createToolInvoker, type InvokeTool } from '../lib/mcp/tool-invoker.ts';
import type { Environment } from '../lib/settings/environment.ts';
import { readConnectorSettings, readSettings, readWriteSettings } from '../lib/settings/settings.ts';
import { readWebhookSettings } from '../lib/settings/webhook-settings.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { knownUsers } from './application/known-users.ts';
import { type Application, startApplication } from './application/start-application.ts';
import { type LocalDynamoDb, startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { type EventBus, startEventBus } from './eventbridge/start-event-bus.ts';
import { type Gateway, startGateway } from './gateway/start-gateway.ts';
import { type Issuer, startIssuer } from './issuer/start-issuer.ts';
import { apiRoutes, type ToolFunction, toolFunctions, VERSION } from './lambda/stack-functions.ts';
import { type InvokeApi, startInvokeApi } from './lambda/start-invoke-api.ts';
import { discoverProviders } from './providers/discover-providers.ts';
import type { LocalProvider } from './providers/local-provider.ts';
import { seedOfProviders } from './scalekit/seed-of-providers.ts';
import { type ScalekitEmulator, startScalekitEmulator } from './scalekit/start-scalekit-emulator.ts';
import { settingsOf, webhookSecretOf } from './stack-settings.ts';

// The API of AWS asks for these; nothing here checks them.
const LOCAL_AWS = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
// After the gateway, Scalekit, the issuer, Lambda, DynamoDB, the application and EventBridge, and after the port at
// which `npm run mcp -- --http` listens beside `npm start`.
const FIRST_PROVIDER_OFFSET = 11;
const PROJECT_DIRECTORY = join(import.meta.dirname, '..');

export interface StackOptions {
  /** The first of the ports that the parts have, the providers last; 0, the default, takes any free ones. */
  firstPort?: number;
  /** Settings besides those of the stack itself. */
  variables?: Environment;
  /** A real Scalekit environment in place of the emulator and the providers behind it. */
  scalekit?: Environment;
  /** Starts what stands between the tools and Scalekit, whose URL it gets; the tools then use its own. */
  inFrontOfScalekit?: (scalekitUrl: string) => Promise<{ url: string; close(): Promise<void> }>;
  log?: Log;
}

export interface Stack {
  gateway: Gateway;
  /** What invokes a function without the gateway. */
  lambda: InvokeApi;
  dynamoDb: LocalDynamoDb;
  /** Where the webhook puts what happens to accounts. */
  eventBus: EventBus;
  issuer: Issuer;
  /** The page behind USER_VERIFY_URL; undefined where a real environment is used. */
  application: Application | undefined;
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
  inFrontOfScalekit,
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
    const providers: LocalProvider[] = [];
    for (const provider of real ? [] : await discoverProviders(PROJECT_DIRECTORY)) {
      const offset = FIRST_PROVIDER_OFFSET + providers.length;
      providers.push(await start(provider.connector, offset, (port) => provider.start({ port })));
    }
    const scalekit = real
      ? undefined
      : await start('Scalekit', 1, (port) =>
          startScalekitEmulator({ port, seed: seedOfProviders(providers) }),
        );
    const dynamoDb = await start('DynamoDB', 4, (port) => startDynamoDb({ port }));
    const eventBus = await start('EventBridge', 6, (port) => startEventBus({ port }));
    let apiUrl = '';
    const application =
      scalekit &&
      (await start('application', 5, (port) =>
        startApplication({
          port,
          issuer,
          users: () => knownUsers(scalekit, providers),
          apiUrl: () => apiUrl,
        }),
      ));
    const scalekitSettings = {
      USER_VERIFY_URL: application?.userVerifyUrl ?? 'none',
      ...(scalekit ? settingsOf(scalekit) : real),
      ...variables,
    };
    const front =
      inFrontOfScalekit &&
      (await start('what is in front of Scalekit', 0, () =>
        inFrontOfScalekit(readSettings(scalekitSettings).SCALEKIT_ENV_URL),
      ));
    const settings = {
      ...scalekitSettings,
      // All tokens here are this issuer's, whoever issues those of the deployed tools.
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: issuer.audience,
      ...dynamoDb.variables,
      ...eventBus.variables,
      ...webhookSecretOf(scalekitSettings),
      ...variables,
      ...(front && { SCALEKIT_ENV_URL: front.url }),
    };
    const tools = await discoverTools(PROJECT_DIRECTORY);
    assertSettings(settings, tools);
    const options = { variables: settings, ...(log && { log }) };
    const functions = toolFunctions(
      tools.map(({ tool }) => tool),
      options,
    );
    const lambda = await start('the Lambda API', 3, (port) => startInvokeApi({ port, functions }));
    const invoke = createToolInvoker('', { endpoint: lambda.url, ...LOCAL_AWS });
    const catalogue = mcpCatalogue(
      tools.map(({ tool }) => tool),
      VERSION,
    );
    const routes = apiRoutes(functions, catalogue, invoke, options);
    const gateway = await start('the tools', 0, (port) =>
      startGateway({ port, issuer: issuer.url, audience: issuer.audience, routes }),
    );
    apiUrl = gateway.url;
    scalekit?.deliverWebhooks({
      url: `${gateway.url}/webhooks/scalekit`,
      secret: readWebhookSettings(settings).SCALEKIT_WEBHOOK_SECRET ?? '',
    });
    return {
      gateway,
      lambda,
      dynamoDb,
      eventBus,
      issuer,
      application,
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
