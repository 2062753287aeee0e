import type { StepName } from '../../lib/runtime/steps.ts';

/** The timeline of one call. All times are milliseconds since its start. */
export interface CallTrace {
  durationMs: number;
  /** All steps of the tool, including those that the call did not reach. */
  steps: readonly TracedStep[];
}

export interface TracedStep {
  name: StepName;
  /** Null if the call did not reach the step. */
  startMs: number | null;
  endMs: number | null;
  /** `failed`: the step threw the call's error. */
  outcome: 'done' | 'failed' | 'not reached';
  /** Text next to the step's bar in the timeline, for example `remembered as ACTIVE`; may be empty. */
  note: string;
  /** The requests that this step sent, in order. */
  requests: readonly TracedRequest[];
}

export interface TracedRequest {
  to: 'provider' | 'account' | 'token' | 'issuer' | 'table' | 'other';
  method: string;
  /** The path and query, or the operation of a request to AWS. */
  target: string;
  startMs: number;
  /** When the last byte of the response arrived; null if the call ended before. */
  endMs: number | null;
  /** Null if there was no response. */
  status: number | null;
  /** Why the response is missing or incomplete, for example ECONNRESET; null for a complete response. */
  error: string | null;
  /**
   * Explains an error that only the emulated provider returns, for example for a route that it does not have,
   * and where to add that route. Absent for all other responses.
   */
  emulator?: string;
}
