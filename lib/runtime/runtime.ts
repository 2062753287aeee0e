import { CursorCodec } from '../contract/cursor.ts';
import type { Connector } from '../contract/define-connector.ts';
import { createScalekit, type Scalekit } from '../scalekit/scalekit.ts';
import {
  type ConnectorSettings,
  type Environment,
  readConnectorSettings,
  readSettings,
  type Settings,
} from '../settings/settings.ts';
import type { Log } from './log.ts';

/** What all calls of an execution environment share. */
export interface Runtime {
  readonly variables: Environment;
  readonly settings: Settings;
  readonly scalekit: Scalekit;
  readonly log: Log;
  /** @throws ToolError `dependency_unavailable` */
  cursors(signal: AbortSignal): Promise<CursorCodec>;
  forConnector(connector: Connector): ConnectorSettings;
}

export interface RuntimeOptions {
  /** The settings, by the names of the environment variables. */
  variables: Environment;
  log: Log;
}

/** @throws SettingsError */
export function createRuntime({ variables, log }: RuntimeOptions): Runtime {
  const settings = readSettings(variables);
  const scalekit = createScalekit(settings);
  return {
    variables,
    settings,
    scalekit,
    log,
    // From the secret that all environments of a deployment share; a rotation ends the lists under way.
    cursors: async (signal) => new CursorCodec(await scalekit.secret.read(signal)),
    forConnector: (connector) => readConnectorSettings(connector, variables),
  };
}

const runtimes = new WeakMap<Environment, Runtime>();

/** The runtime of these environment variables: made once, so that all tools of a process share one Scalekit client. */
export function sharedRuntime(options: RuntimeOptions): Runtime {
  const runtime = runtimes.get(options.variables) ?? createRuntime(options);
  runtimes.set(options.variables, runtime);
  return runtime;
}
