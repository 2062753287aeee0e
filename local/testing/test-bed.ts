import { randomUUID } from 'node:crypto';
import type { Tool } from '../../lib/contract/define-tool.ts';
import type { Handler } from '../../lib/lambda-handler.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import type { Log } from '../../lib/telemetry/log.ts';
import type { CallMeasurements, RecordMetrics } from '../../lib/telemetry/metrics.ts';
import { httpEvent } from '../events/http-event.ts';
import { type ScalekitEmulator, startScalekitEmulator } from '../scalekit/start-scalekit-emulator.ts';
import { anyHandler } from './any-handler.ts';
import { readHttpAnswer } from './http-answer.ts';
import { ScriptedProvider } from './scripted-provider.ts';

/** The options of a call over HTTP. */
interface CallOptions {
  /** The subject of the token; by default `user_ada`. */
  user?: string;
  /** The claims of the token; by default only the subject. */
  claims?: Record<string, unknown>;
  /** Additional headers of the request. */
  headers?: Record<string, string>;
  /** The body; by default an empty object. */
  input?: unknown;
  /** The remaining time of the function; by default 10 seconds. */
  remainingMs?: number;
}

/** Handlers of tools with an emulated Scalekit and a scripted provider. */
export interface TestBed {
  /** The emulated Scalekit, which can also simulate faults. */
  scalekit: ScalekitEmulator;
  /** The provider of all connectors. */
  provider: ScriptedProvider;
  /** The log as one text. */
  logged(): string;
  /** The metrics of each call, in the order of the calls. */
  measured(): readonly CallMeasurements[];
  /** Creates the Lambda handler of a tool in its own execution environment. */
  handler(tool: Tool, variables?: Environment, sinks?: { log?: Log; metrics?: RecordMetrics }): Handler;
  /**
   * Creates the handler of a tool and calls it over HTTP. By default the handler uses the log and metrics of the test
   * bed.
   */
  environment(
    tool: Tool,
    variables?: Environment,
    sinks?: { log?: Log; metrics?: RecordMetrics },
  ): (options?: CallOptions) => Promise<ReturnType<typeof readHttpAnswer>>;
  /** The kinds of the requests to Scalekit: `token`, the name of an RPC, or `proxy`. */
  calls(): string[];
  /** Restores the initial state for the next test. */
  reset(): void;
  /** Stops both servers. */
  close(): Promise<void>;
}

/** The options of {@link startTestBed}. */
interface TestBedOptions {
  /** The connectors whose tools are called. */
  connectors: readonly string[];
  /** The lifetime of Scalekit's access tokens; by default a day. */
  tokenLifetimeSeconds?: number;
}

/**
 * Starts the emulated Scalekit and a scripted provider. Each connector has a connection on which `user_ada` and
 * `user_grace` have ACTIVE accounts. The SDK calls the emulator over HTTP.
 */
export async function startTestBed({ connectors, ...options }: TestBedOptions): Promise<TestBed> {
  const provider = await ScriptedProvider.start();
  const users = ['user_ada', 'user_grace'];
  const scalekit = await startScalekitEmulator({
    ...options,
    seed: {
      connections: connectors.map((name) => ({ name, connector: name, providerUrl: provider.url })),
      grants: connectors.flatMap((connector) =>
        users.map((identifier) => ({
          connector,
          identifier,
          label: identifier,
          accessToken: `${connector}-token-of-${identifier}`,
        })),
      ),
      accounts: connectors.flatMap((connection) =>
        users.map((identifier) => ({ connection, identifier, status: 'ACTIVE' as const })),
      ),
    },
  });
  const lines: string[] = [];
  const measurements: CallMeasurements[] = [];

  const handler: TestBed['handler'] = (tool, variables = {}, sinks = {}) =>
    anyHandler(tool, {
      variables: {
        SCALEKIT_ENV_URL: scalekit.url,
        SCALEKIT_CLIENT_ID: scalekit.clientId,
        SCALEKIT_CLIENT_SECRET: scalekit.clientSecret,
        USER_VERIFY_URL: 'none',
        IDEMPOTENCY_TABLE: 'none',
        ...variables,
      },
      log: (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields })),
      metrics: (call) => measurements.push(call),
      ...sinks,
    });

  return {
    scalekit,
    provider,
    logged: () => lines.join('\n'),
    measured: () => measurements,

    handler,

    environment(tool, variables = {}, sinks = {}) {
      const call = handler(tool, variables, sinks);
      return async ({
        user = 'user_ada',
        claims = { sub: user },
        headers = {},
        input = {},
        remainingMs,
      } = {}) =>
        readHttpAnswer(await call(httpEvent({ claims, headers, body: input }), lambdaContext(remainingMs)));
    },

    calls: () => scalekit.requests.map(({ kind, rpc }) => rpc ?? kind),

    reset() {
      scalekit.reset();
      provider.requests.length = 0;
      provider.script = () => ({});
      lines.length = 0;
      measurements.length = 0;
    },

    async close() {
      await Promise.all([scalekit.close(), provider.close()]);
    },
  };
}

/** Creates the Lambda context of an invocation that has this much time left. */
export function lambdaContext(remainingMs = 10_000) {
  const endsAtMs = performance.now() + remainingMs;
  return {
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - performance.now()),
  };
}
