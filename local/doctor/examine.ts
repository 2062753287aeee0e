import type { Tool } from '../../lib/contract/define-tool.ts';
import { type ConnectorTools, toolsByConnector } from '../../lib/contract/tools-by-connector.ts';
import { createRunner, type Runner } from '../../lib/create-runner.ts';
import { createScalekit, type Scalekit } from '../../lib/scalekit/scalekit.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import { readConnectorSettings, readSettings } from '../../lib/settings/settings.ts';
import { checkAccount } from './check-account.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkProxy } from './check-proxy.ts';
import { checkReachable } from './check-reachable.ts';
import { checkScopes } from './check-scopes.ts';
import { checkSettings } from './check-settings.ts';
import type { CheckSubject } from './check-subject.ts';
import { type Finding, notChecked } from './finding.ts';
import { probeOf } from './probes.ts';
import { tryScopes } from './try-scopes.ts';

interface ExamineOptions {
  /** The settings of the deployed tools. */
  variables: Environment;
  /** The user whose accounts are checked. */
  identifier: string;
  tools: readonly Tool[];
}

interface Examination {
  identifier: string;
  /** The settings that have no fault. */
  variables: Environment;
  faultySettings: ReadonlySet<string>;
  scalekit: Scalekit;
  runner: Runner;
}

const CREDENTIALS = ['SCALEKIT_CLIENT_ID', 'SCALEKIT_CLIENT_SECRET', 'SCALEKIT_CLIENT_SECRET_ARN'];

/**
 * Checks the settings, the Scalekit environment and every connector that has tools, for one user. After a
 * fault, it continues with every check that is still possible.
 * @returns the findings, in the order of the checks
 */
export async function* examine({ variables, identifier, tools }: ExamineOptions): AsyncGenerator<Finding> {
  const { findings, faulty } = checkSettings(variables, tools);
  yield* findings;
  const connectors = toolsByConnector(tools);
  const names = connectors.map(({ connector }) => connector.name).join(', ');
  const { SCALEKIT_ENV_URL: environmentUrl } = variables;
  if (!environmentUrl || faulty.has('SCALEKIT_ENV_URL')) {
    yield notChecked(`The environment, the credentials, and ${names}, without SCALEKIT_ENV_URL.`);
    return;
  }

  const reached = await checkReachable(environmentUrl);
  yield reached;
  if (reached.verdict === 'FAULT') {
    yield notChecked(`The credentials, and ${names}, without the environment.`);
    return;
  }

  const missing = CREDENTIALS.filter((name) => faulty.has(name));
  if (missing.length > 0) {
    yield notChecked(`The credentials, and ${names}, without ${missing.join(', ')}.`);
    return;
  }
  const usable = usableSettings(variables, faulty);
  const scalekit = createScalekit(readSettings(usable));
  const known = await checkCredentials(scalekit);
  yield known;
  if (known.verdict === 'FAULT') {
    yield notChecked(`${names}, without credentials.`);
    return;
  }

  const runner = createRunner({ variables: usable, log: () => {} });
  for (const group of connectors) {
    yield* examineConnector(group, {
      identifier,
      variables: usable,
      faultySettings: faulty,
      scalekit,
      runner,
    });
  }
}

async function* examineConnector(
  group: ConnectorTools,
  { identifier, variables, faultySettings, scalekit, runner }: Examination,
): AsyncGenerator<Finding> {
  const { connector, scopes } = group;
  const { name, connectionSetting } = connector;
  if (faultySettings.has(connectionSetting)) {
    yield notChecked(`${name}, without ${connectionSetting}.`);
    return;
  }
  const { connection } = readConnectorSettings(connector, variables);
  const subject: CheckSubject = {
    name,
    account: { connector: name, connection, connectionSetting, identifier },
    scopes,
    hasUserVerifyUrl: !faultySettings.has('USER_VERIFY_URL'),
  };
  const account = await checkAccount(subject, scalekit);
  yield* account.findings;
  if (!account.isActive) {
    yield notChecked(`${name}: the proxy and the scopes, without an ACTIVE account.`);
    return;
  }
  const proxy = await checkProxy(subject, probeOf(group), runner);
  yield proxy.finding;
  // If the account lacks a permission, the finding of the proxy already names the missing scopes.
  if (proxy.lacksRight) return;
  const granted = proxy.scopes ?? account.scopes;
  if (granted) yield await checkScopes(subject, granted, scalekit);
  else if (proxy.finding.verdict === 'FAULT') yield notChecked(`${name}: the scopes, without the proxy.`);
  else yield* await tryScopes(subject, group.tools, runner);
}

/**
 * Removes the faulty settings, which are already reported, and adds a value for USER_VERIFY_URL if it is
 * missing.
 */
function usableSettings(variables: Environment, faulty: ReadonlySet<string>): Environment {
  const valid = Object.entries(variables).filter(([name]) => !faulty.has(name));
  return { USER_VERIFY_URL: 'none', ...Object.fromEntries(valid) };
}
