import type { ErrorCode } from '../errors/error-codes.ts';

/** What is measured of a call; it names neither a user nor a path. */
export interface CallMeasurements {
  /** The name of the tool. */
  tool: string;
  /** Undefined where the call succeeded. */
  code: ErrorCode | undefined;
  /** How long the whole call took. */
  durationMs: number;
  /** How long each attempt to reach the provider took. */
  attemptDurationsMs: readonly number[];
  /** The attempts that repeated another one. */
  retries: number;
  /** Undefined where the account check was not reached. */
  accountFromCache: boolean | undefined;
}

/** Takes what is measured of each call, when it has ended. What it throws reaches no caller. */
export type RecordMetrics = (measurements: CallMeasurements) => void;
