import * as z from 'zod';
import { Verdict } from './verdict.ts';

/**
 * The report of `npm run verify`. It contains no value, no identifier and no address of the user, so it can be shared.
 */
export const VerifyReport = z.strictObject({
  /** The version of this project. */
  version: z.string(),
  /** The day of the run, in UTC. */
  verified_on: z.iso.date(),
  /** True if real accounts were read, false for emulated accounts. */
  accounts: z.enum(['real', 'emulated']),
  /** The verdict on each tool. The key is the name of the tool. */
  tools: z.record(z.string(), Verdict),
});
export type VerifyReport = z.output<typeof VerifyReport>;

/** Returns how many tools have each verdict, for example `right 12, missing 3`. */
export function describeCounts(verdicts: readonly Verdict[]): string {
  const byVerdict = Map.groupBy(verdicts, ({ verdict }) => verdict);
  return [...byVerdict].map(([verdict, { length }]) => `${verdict} ${length}`).join(', ');
}
