// Prints the scopes that each connection needs, in a form that can be pasted into Scalekit's dashboard.
import { join } from 'node:path';
import { discoverTools, ToolFileError } from '../lib/deploy/discover-tools.ts';
import { ParameterError } from '../lib/deploy/parameters.ts';
import { selectTools } from '../lib/deploy/select-tools.ts';
import { SettingsError } from '../lib/settings/settings-error.ts';
import { processSettings } from '../local/command-line/scalekit-settings.ts';
import { UsageError } from '../local/command-line/usage-error.ts';
import { readScopesOptions } from './scopes/read-scopes-options.ts';
import { scopesByConnection } from './scopes/scopes-by-connection.ts';

const PROJECT = join(import.meta.dirname, '..');

try {
  const { globs, json } = readScopesOptions(process.argv.slice(2));
  const tools = selectTools(await discoverTools(PROJECT), globs).map(({ tool }) => tool);
  const connections = scopesByConnection(tools, processSettings());
  if (json) console.log(JSON.stringify(Object.fromEntries(connections), null, 2));
  else console.log([...connections].map(([name, scopes]) => [name, ...scopes].join('\n  ')).join('\n\n'));
} catch (error) {
  process.exitCode = 1;
  console.error(isExpected(error) ? error.message : error);
}

/** Prints an expected error in one line. Any other error is a bug of this script, so its stack trace is printed. */
function isExpected(error: unknown): error is Error {
  return [UsageError, ToolFileError, ParameterError, SettingsError].some((type) => error instanceof type);
}
