import { join } from 'node:path';
import { type DiscoveredTool, discoverTools } from '../lib/deploy/discover-tools.ts';
import { createHandler } from '../lib/lambda.ts';
import {
  assertWritesAllowed,
  type Environment,
  readConnectorSettings,
  readSettings,
} from '../lib/settings/settings.ts';
import type { Log } from '../lib/telemetry/log.ts';
import { type Gateway, startGateway } from './gateway/start-gateway.ts';
import { type Issuer, startIssuer } from './issuer/start-issuer.ts';
import { startGmail } from './providers/gmail.ts';
import type { LocalProvider } from './providers/local-provider.ts';
import { startSlack } from './providers/slack.ts';
import type { ScalekitSeed } from './scalekit/scalekit-seed.ts';
import { type ScalekitEmulator, startScalekitEmulator } from './scalekit/start-scalekit-emulator.ts';

const PROJECT_DIRECTORY = join(import.meta.dirname, '..');

export interface StackOptions {
  /** The first of five ports in a row; 0, the default, takes any free ones. */
  firstPort?: number;
  /** Settings besides those of the stack itself. */
  variables?: Environment;
  /** A real Scalekit environment in place of the emulator and the providers behind it. */
  scalekit?: Environment;
  log?: Log;
}

export interface Stack {
  gateway: Gateway;
  issuer: Issuer;
  /** Undefined where a real environment is used. */
  scalekit: ScalekitEmulator | undefined;
  providers: LocalProvider[];
  /** The settings of the functions. */
  variables: Environment;
  toolNames: string[];
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
    const settings = { ...LOCAL_SETTINGS, ...(scalekit ? settingsOf(scalekit) : real), ...variables };
    const tools = await discoverTools(PROJECT_DIRECTORY);
    assertSettings(settings, tools);
    const routes = tools.map(({ tool }) => ({
      method: 'POST' as const,
      path: `/tools/${tool.name}`,
      functionName: tool.name,
      // No CloudWatch reads what a terminal shows.
      handler: createHandler(tool, { variables: settings, metrics: () => {}, ...(log && { log }) }),
    }));
    const gateway = await start('the tools', 0, (port) =>
      startGateway({ port, issuer: issuer.url, audience: issuer.audience, routes }),
    );
    const toolNames = tools.map(({ tool }) => tool.name);
    return { gateway, issuer, scalekit, providers, variables: settings, toolNames, close };
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
    if (tool.effect !== 'read') assertWritesAllowed(settings);
  }
}

const LOCAL_SETTINGS = { USER_VERIFY_URL: 'none', IDEMPOTENCY_TABLE: 'none' };

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
