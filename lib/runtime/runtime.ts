import type { StoredSecret } from '../aws/stored-secret.ts';
import { CursorCodec } from '../contract/cursor.ts';
import type { Connector } from '../contract/define-connector.ts';
import { createVerifyToken } from '../identity/verify-token.ts';
import { createScalekit, type Scalekit } from '../scalekit/scalekit.ts';
import { begunClient } from '../scalekit/scalekit-client.ts';
import type { Environment } from '../settings/parse-settings.ts';
import {
  type ConnectorSettings,
  readConnectorSettings,
  readSettings,
  type Settings,
} from '../settings/settings.ts';
import { bestEffort, createPowertoolsLog, type Log } from '../telemetry/log.ts';
import { createEmfMetrics, type RecordMetrics } from '../telemetry/metrics.ts';
import type { ChainHooks } from './steps.ts';

/** The state that all calls of an execution environment share. */
export interface Runtime {
  readonly variables: Environment;
  readonly settings: Settings;
  readonly scalekit: Scalekit;
  /** Like `metrics`, this function never throws. */
  readonly log: Log;
  readonly metrics: RecordMetrics;
  readonly hooks: ChainHooks | undefined;
  /**
   * Returns the claims of a caller's token.
   * @throws ToolError `unauthenticated`, `dependency_unavailable`, or `not_configured` if a setting of the token
   * issuer is missing
   */
  verifyToken(token: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
  /** @throws ToolError `dependency_unavailable` */
  cursors(signal: AbortSignal): Promise<CursorCodec>;
  forConnector(connector: Connector): ConnectorSettings;
}

/** The settings of the tools, and the destinations of log lines and metrics. */
export interface RuntimeOptions {
  /** The settings, by the names of the environment variables. */
  variables: Environment;
  /** By default Powertools' logger. */
  log?: Log;
  /** By default CloudWatch's embedded metric format on stdout. */
  metrics?: RecordMetrics;
  /** By default no hooks. */
  hooks?: ChainHooks;
}

/** @throws SettingsError */
export function createRuntime({
  variables,
  log = createPowertoolsLog(),
  metrics = createEmfMetrics(),
  hooks,
}: RuntimeOptions): Runtime {
  const settings = readSettings(variables);
  const scalekit = createScalekit(settings, begunClient(variables));
  const ofConnectors = new WeakMap<Connector, ConnectorSettings>();
  return {
    variables,
    settings,
    scalekit,
    log: bestEffort(log),
    metrics: bestEffort(metrics),
    hooks,
    verifyToken: createVerifyToken(settings),
    cursors: createCursors(scalekit.secret),
    forConnector(connector) {
      const connectorSettings = ofConnectors.get(connector) ?? readConnectorSettings(connector, variables);
      ofConnectors.set(connector, connectorSettings);
      return connectorSettings;
    },
  };
}

/**
 * Makes the function that returns the codec of cursors. Cursors are signed with the client secret, which all
 * environments of a deployment share. If the secret is rotated, earlier cursors become invalid.
 */
function createCursors(stored: StoredSecret): Runtime['cursors'] {
  let made: { secret: string; codec: CursorCodec } | undefined;
  return async (signal) => {
    const secret = await stored.read(signal);
    if (made?.secret !== secret) made = { secret, codec: new CursorCodec(secret) };
    return made.codec;
  };
}

const runtimes = new WeakMap<Environment, Runtime>();

/**
 * Returns the runtime for an object with environment variables. Each object has one runtime, so that all tools of a
 * process share one Scalekit client.
 */
export function sharedRuntime(options: RuntimeOptions): Runtime {
  const runtime = runtimes.get(options.variables) ?? createRuntime(options);
  runtimes.set(options.variables, runtime);
  return runtime;
}
