import { randomUUID } from 'node:crypto';
import type { Tool } from '../../lib/contract/define-tool.ts';
import type { Environment } from '../../lib/settings/environment.ts';
import type { InvocationContext } from '../../lib/surfaces/surface.ts';
import type { CallMeasurements, RecordMetrics } from '../../lib/telemetry/call-measurements.ts';
import type { Log } from '../../lib/telemetry/log.ts';
import { httpEvent } from '../events/http-event.ts';
import { type ScalekitEmulator, startScalekitEmulator } from '../scalekit/start-scalekit-emulator.ts';
import { anyHandler } from './any-handler.ts';
import { readHttpAnswer } from './http-answer.ts';
import { ScriptedProvider } from './scripted-provider.ts';

/** A call over HTTP. */
interface CallOptions {
  /** The subject of the token; by default `user_ada`. */
  user?: string;
  /** The claims of the token; by default the subject alone. */
  claims?: Record<string, unknown>;
  /** Of the request. */
  headers?: Record<string, string>;
  /** The body; by default an empty object. */
  input?: unknown;
  /** How much time the function has left; by default 10 seconds. */
  remainingMs?: number;
}

/** Handlers in front of an emulated Scalekit, in front of a provider that does what the test says. */
export interface TestBed {
  /** The emulated Scalekit, which also fails as it is told to. */
  scalekit: ScalekitEmulator;
  /** The provider of all its connectors. */
  provider: ScriptedProvider;
  /** What was logged, as one text. */
  logged(): string;
  /** What was measured, call by call. */
  measured(): readonly CallMeasurements[];
  /** The Lambda handler of a tool in an execution environment of its own. */
  handler(
    tool: Tool,
    variables?: Environment,
    sinks?: { log?: Log; metrics?: RecordMetrics },
  ): (event: unknown, context: InvocationContext) => Promise<unknown>;
  /** The same, called over HTTP; the sinks are those of the test bed where none are given. */
  environment(
    tool: Tool,
    variables?: Environment,
    sinks?: { log?: Log; metrics?: RecordMetrics },
  ): (options?: CallOptions) => Promise<ReturnType<typeof readHttpAnswer>>;
  /** The kinds of the requests that reached Scalekit: `token`, the name of an RPC, or `proxy`. */
  calls(): string[];
  /** Back to the beginning, for the next test. */
  reset(): void;
  /** Ends both servers. */
  close(): Promise<void>;
}

/** What {@link startTestBed} takes. */
interface TestBedOptions {
  /** The names of the connectors whose tools are called. */
  connectors: readonly string[];
  /** How long Scalekit's access tokens are good for; by default a day. */
  tokenLifetimeSeconds?: number;
}

/**
 * Starts Scalekit's emulator, with a connection to a scripted provider for each connector, on which `user_ada` and
 * `user_grace` have ACTIVE accounts. The SDK talks to it over the wire.
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

/** What the Lambda runtime says of an invocation that has so much time left. */
export function lambdaContext(remainingMs = 10_000) {
  const endsAtMs = performance.now() + remainingMs;
  return {
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - performance.now()),
  };
}
