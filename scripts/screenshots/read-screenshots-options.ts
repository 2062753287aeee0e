import { resolve } from 'node:path';
import { readArguments } from '../../local/command-line/read-arguments.ts';

const USAGE = 'Usage: npm run screenshots -- [--out <folder>]';
const OPTIONS = { out: { type: 'string', default: 'docs/images' } } as const;

/**
 * @returns the absolute path of the folder for the screenshots
 * @throws UsageError
 */
export function readScreenshotsOptions(args: readonly string[]): { out: string } {
  return { out: resolve(readArguments(args, OPTIONS, USAGE).values.out) };
}
