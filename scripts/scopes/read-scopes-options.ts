import { readArguments, readGlobs } from '../../local/command-line/read-arguments.ts';

const USAGE = 'Usage: npm run scopes -- [--tools <globs>] [--json]';
const HELP = `${USAGE}

Prints the OAuth scopes that each connection needs.

  --tools    globs of tool names, as in the parameter tools of a deployment, by default all:
             'gmail_*,slack_send_message,!gmail_remove_filter'
  --json     prints an object instead of lines`;
const OPTIONS = {
  tools: { type: 'string', default: '*' },
  json: { type: 'boolean', default: false },
} as const;

export interface ScopesCommand {
  /** Globs that match names of tools. */
  globs: string[];
  /** True if the scopes are printed as JSON. */
  json: boolean;
}

/** @throws UsageError */
export function readScopesOptions(args: readonly string[]): ScopesCommand {
  const { tools, json } = readArguments(args, OPTIONS, USAGE, { help: HELP }).values;
  return { globs: readGlobs(tools), json };
}
