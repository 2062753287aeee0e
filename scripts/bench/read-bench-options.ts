import { readArguments } from '../../local/command-line/read-arguments.ts';
import { UsageError } from '../../local/command-line/usage-error.ts';

export interface BenchOptions {
  /** The number of measured execution environments for each function. */
  rounds: number;
  /** The number of warm calls in each environment. */
  calls: number;
  /** The number of filters that the provider returns to `gmail_list_filters`. */
  filters: number;
  /** The file for the results as JSON. */
  json: string;
}

const USAGE =
  'Usage: npm run bench -- [--rounds <number>] [--calls <number>] [--filters <number>] [--json <file>]';
const OPTIONS = {
  rounds: { type: 'string', default: '15' },
  calls: { type: 'string', default: '100' },
  filters: { type: 'string', default: '10' },
  json: { type: 'string', default: 'dist/bench.json' },
} as const;
const COUNT_MAX = 10_000;

/** @throws UsageError */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { rounds, calls, filters, json } = readArguments(args, OPTIONS, USAGE).values;
  return {
    rounds: countOf('rounds', rounds),
    calls: countOf('calls', calls),
    filters: countOf('filters', filters),
    json,
  };
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= COUNT_MAX) return count;
  throw new UsageError(`--${name} must be a whole number from 1 to ${COUNT_MAX}. ${USAGE}`);
}
