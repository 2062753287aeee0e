import { readArguments, readGlobs } from '../../local/command-line/read-arguments.ts';

const USAGE = 'Usage: npm run build -- [--tools <globs with commas between them>]';
const OPTIONS = { tools: { type: 'string', default: '*' } } as const;

/** @throws UsageError */
export function readBuildOptions(args: readonly string[]): { tools: string[] } {
  return { tools: readGlobs(readArguments(args, OPTIONS, USAGE).values.tools) };
}
