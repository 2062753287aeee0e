import type { Tool } from '../../lib/contract/define-tool.ts';
import type { Environment } from '../../lib/settings/parse-settings.ts';
import {
  readConnectorSettings,
  readFunctionNamePrefix,
  readSettings,
  readWriteSettings,
} from '../../lib/settings/settings.ts';
import { faultsBySetting } from '../../lib/settings/settings-error.ts';
import { type Finding, fault, ok } from './finding.ts';

interface SettingsCheck {
  findings: Finding[];
  /** The names of the settings that are missing or malformed. */
  faulty: ReadonlySet<string>;
}

/** Checks every setting that the tools need, in the same way as their functions do at the start. */
export function checkSettings(variables: Environment, tools: readonly Tool[]): SettingsCheck {
  const readers = [
    readSettings,
    readFunctionNamePrefix,
    ...tools.map(
      ({ connector }) =>
        (environment: Environment) =>
          readConnectorSettings(connector, environment),
    ),
    ...(tools.some(({ effect }) => effect !== 'read') ? [readWriteSettings] : []),
  ];
  const faults = faultsBySetting(readers.map((read) => () => read(variables)));
  const findings = [...faults.values()].map(({ setting, problem, holds }) =>
    fault(`${setting} ${problem}.`, `It should hold ${holds}.`),
  );
  return {
    findings: findings.length > 0 ? findings : [ok('All settings that the tools need are valid.')],
    faulty: new Set(faults.keys()),
  };
}
