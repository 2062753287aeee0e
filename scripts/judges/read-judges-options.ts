import { readArguments } from '../../local/command-line/read-arguments.ts';
import { UsageError } from '../../local/command-line/usage-error.ts';

export interface JudgesOptions {
  /** The names of the judges to run. */
  names: readonly string[];
  fuzz: {
    /** The number of generated requests. */
    requests: number;
    /** The same seed generates the same requests. */
    seed: number;
  };
}

const USAGE = 'Usage: npm run judges -- [--only <judge>] [--requests <number>] [--seed <number>]';
const OPTIONS = {
  only: { type: 'string' },
  requests: { type: 'string', default: '2000' },
  seed: { type: 'string', default: '1' },
} as const;
const NUMBER_MAX = 1_000_000_000;

/**
 * @param known the names of all judges
 * @throws UsageError
 */
export function readJudgesOptions(args: readonly string[], known: readonly string[]): JudgesOptions {
  const help = `${USAGE}\n\nJudges: ${known.join(', ')}`;
  const { only, requests, seed } = readArguments(args, OPTIONS, USAGE, { help }).values;
  if (only !== undefined && !known.includes(only))
    throw new UsageError(`--only must be one of these: ${known.join(', ')}. ${USAGE}`);
  return {
    names: only === undefined ? known : [only],
    fuzz: { requests: numberOf('requests', requests), seed: numberOf('seed', seed) },
  };
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= NUMBER_MAX) return value;
  throw new UsageError(`--${name} must be a whole number from 1 to ${NUMBER_MAX}. ${USAGE}`);
}
