import { readArguments } from '../../local/command-line/read-arguments.ts';
import { UsageError } from '../../local/command-line/usage-error.ts';

export interface BenchOptions {
  /**
   * `compare` compares our tools with the baseline, `load` measures calls under load, and `interleave` mixes calls of
   * many users.
   */
  kind: 'compare' | 'load' | 'interleave';
  /** The number of execution environments that are measured for each function. */
  rounds: number;
  /**
   * The number of calls. With `compare`, these are the warm calls in each environment. With `load`, they are the calls
   * to each packaged function. With `interleave`, they are all calls together.
   */
  calls: number;
  /** The number of filters that the provider returns to `gmail_list_filters`. */
  filters: number;
  /** The file for the results as JSON. */
  json: string;
}

const USAGE =
  'Usage: npm run bench -- [--load | --interleave] [--rounds <number>] [--calls <number>] [--filters <number>] [--json <file>]';
const OPTIONS = {
  load: { type: 'boolean', default: false },
  interleave: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '15' },
  calls: { type: 'string' },
  filters: { type: 'string', default: '10' },
  json: { type: 'string' },
} as const;
const COUNT_MAX = 1_000_000;
const DEFAULTS = {
  compare: { calls: '100', json: 'dist/bench.json' },
  load: { calls: '20000', json: 'dist/load.json' },
  interleave: { calls: '100000', json: 'dist/interleave.json' },
} as const;

/** @throws UsageError */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = readArguments(args, OPTIONS, USAGE);
  if (values.load && values.interleave)
    throw new UsageError(`--load and --interleave cannot be used together. ${USAGE}`);
  const kind = values.load ? 'load' : values.interleave ? 'interleave' : 'compare';
  const { rounds, filters, calls = DEFAULTS[kind].calls, json = DEFAULTS[kind].json } = values;
  return {
    kind,
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
