import { join } from 'node:path';
import { discoverTools, type ToolModule } from '../lib/deploy/discover-tools.ts';
import { MCP_PATH } from '../lib/function-declaration.ts';
import { createToolInvoker } from '../lib/mcp/tool-invoker.ts';
import { readSettings } from '../lib/settings/settings.ts';
import { createPowertoolsLog } from '../lib/telemetry/log.ts';
import { startApplication } from './application/start-application.ts';
import { CallRecorder } from './calls/call-recorder.ts';
import { CallTracer } from './calls/call-tracer.ts';
import { requestTarget } from './calls/request-target.ts';
import { type DeployOptions, deployTools } from './deploy-tools.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { startGateway } from './gateway/start-gateway.ts';
import { startIssuer } from './issuer/start-issuer.ts';
import { REGION } from './lambda/invoke-over-api.ts';
import { startInvokeApi } from './lambda/start-invoke-api.ts';
import { LocalProviders } from './providers/local-providers.ts';
import { knownUsers, seedOfProviders } from './scalekit/seed-of-providers.ts';
import { settingsOf, startScalekitEmulator } from './scalekit/start-scalekit-emulator.ts';
import type { Stack, StackOptions } from './stack.ts';
import { StackParts } from './stack-parts.ts';

// The smaller offsets belong to the gateway, Scalekit, the issuer, Lambda, DynamoDB, the application, the
// console and `npm run mcp -- --http`.
const FIRST_PROVIDER_OFFSET = 11;
const PROJECT_DIRECTORY = join(import.meta.dirname, '..');

/** Starts every server that the tools need on this machine, and deploys the tools. */
export async function startStack({
  firstPort = 0,
  variables = {},
  scalekit: real,
  inFrontOfScalekit,
  log = createPowertoolsLog(),
  tools = () => discoverTools(PROJECT_DIRECTORY),
}: StackOptions = {}): Promise<Stack> {
  const parts = new StackParts(firstPort);
  const providers = new LocalProviders(PROJECT_DIRECTORY);
  parts.add(providers);
  const startProviders = () =>
    providers.startOrRestart((place, connector, start) =>
      parts.startUnmanaged(connector, FIRST_PROVIDER_OFFSET + place, start),
    );

  try {
    const issuer = await parts.start('the token issuer', 2, (port) =>
      startIssuer({ port, users: () => (scalekit ? knownUsers(scalekit, providers.all) : []) }),
    );
    const scalekit = real
      ? undefined
      : await parts.start('Scalekit', 1, async (port) =>
          startScalekitEmulator({ port, seed: seedOfProviders(await startProviders()) }),
        );
    const gateway = await parts.start('the tools', 0, (port) =>
      startGateway({
        port,
        issuer: issuer.url,
        audience: issuer.audience,
        resources: [MCP_PATH],
        routes: [],
      }),
    );
    const dynamoDb = await parts.start('DynamoDB', 4, (port) => startDynamoDb({ port }));
    const application =
      scalekit &&
      (await parts.start('the application', 5, (port) =>
        startApplication({
          port,
          issuer,
          users: () => knownUsers(scalekit, providers.all),
          apiUrl: () => gateway.url,
        }),
      ));
    const scalekitSettings = {
      USER_VERIFY_URL: application?.userVerifyUrl ?? 'none',
      ...(application && { CONNECT_URL: application.connectUrl }),
      ...(scalekit ? settingsOf(scalekit) : real),
      ...variables,
    };
    const front =
      inFrontOfScalekit &&
      (await parts.start('the proxy in front of Scalekit', 0, () =>
        inFrontOfScalekit(readSettings(scalekitSettings).SCALEKIT_ENV_URL),
      ));
    const settings = {
      ...scalekitSettings,
      // The local issuer signs all tokens, even with a real Scalekit environment.
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: gateway.audiences.join(','),
      ...dynamoDb.variables,
      ...variables,
      ...(front && { SCALEKIT_ENV_URL: front.url }),
    };
    const tracer = new CallTracer((request) => requestTarget(request, settings));
    parts.add(tracer);
    const calls = new CallRecorder(tracer);
    const lambda = await parts.start('the Lambda API', 3, (port) => startInvokeApi({ port, functions: [] }));
    const invoke = createToolInvoker('', {
      endpoint: lambda.url,
      region: REGION,
      credentials: lambda.credentials,
    });
    const options = { variables: settings, log, tracer, recorder: calls, invoke };
    let served: readonly ToolModule[] = [];
    let deployed = deployTools([], options);
    const deploy = (discovered: readonly ToolModule[]) => {
      deployed = deployTools(discovered, options);
      served = discovered;
      lambda.setFunctions(deployed.functions);
      gateway.setRoutes(deployed.routes);
    };
    const faultOf = (tool: ToolModule) => faultOfDeploying(tool, options);
    deploy(await tools(faultOf));
    return {
      gateway,
      lambda,
      dynamoDb,
      issuer,
      application,
      scalekit,
      get providers() {
        return providers.all;
      },
      variables: settings,
      get tools() {
        return served;
      },
      get functions() {
        return deployed.functions;
      },
      get catalogue() {
        return deployed.catalogue;
      },
      calls,
      invoke,
      deploy,
      async reloadProviders() {
        const started = scalekit ? await startProviders() : [];
        if (started.length > 0) scalekit?.mergeSeed(seedOfProviders(started));
        return started.map(({ connector }) => connector);
      },
      faultOf,
      close: () => parts.close(),
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

function faultOfDeploying(tool: ToolModule, options: DeployOptions): Error | undefined {
  try {
    deployTools([tool], options);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
