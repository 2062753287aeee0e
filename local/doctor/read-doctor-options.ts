import { readArguments, readIdentifier } from '../command-line/read-arguments.ts';

const USAGE = 'Usage: npm run doctor -- --as <identifier> [--live]';
const OPTIONS = { as: { type: 'string' }, live: { type: 'boolean', default: false } } as const;

export interface DoctorOptions {
  /** The user whose accounts are checked. */
  identifier: string;
  /** Whether to use real Scalekit instead of the emulator. */
  live: boolean;
}

/** @throws UsageError */
export function readDoctorOptions(args: readonly string[]): DoctorOptions {
  const { as, live } = readArguments(args, OPTIONS, USAGE).values;
  return { identifier: readIdentifier(as, USAGE), live };
}
