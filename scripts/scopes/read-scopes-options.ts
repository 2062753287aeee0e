import { readArguments } from '../../local/command-line/read-arguments.ts';

const USAGE = 'Usage: npm run scopes -- [--json]';
const OPTIONS = { json: { type: 'boolean', default: false } } as const;

/** @throws UsageError */
export function readScopesOptions(args: readonly string[]): { json: boolean } {
  return { json: readArguments(args, OPTIONS, USAGE).values.json };
}
