import type { ErrorCode } from '../errors/error-codes.ts';

/** The measurements of a call. They include neither a user nor a path. */
export interface CallMeasurements {
  /** The name of the tool. */
  tool: string;
  /** False if no surface recognised the event, so that its error is not the tool's. */
  isRecognised: boolean;
  /** Undefined if the call succeeded. */
  code: ErrorCode | undefined;
  /** The duration of the whole call. */
  durationMs: number;
  /** The duration of each attempt to reach the provider. */
  attemptDurationsMs: readonly number[];
  /** The number of attempts that were retries. */
  retries: number;
  /** True if the account check was answered from the cache; undefined if there was no check. */
  accountFromCache: boolean | undefined;
}

/** Receives the measurements of each call when it has ended. An error thrown here reaches no caller. */
export type RecordMetrics = (measurements: CallMeasurements) => void;
