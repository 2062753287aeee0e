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
  /** For example `remembered as ACTIVE`; empty if there is nothing to add. */
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
  /** When the last byte of the response arrived; null if the call ended first. */
  endMs: number | null;
  /** Null if there was no response. */
  status: number | null;
  /** Why the response is missing or incomplete, for example ECONNRESET; null for a complete response. */
  error: string | null;
  /** The route that the emulated provider lacks, and where to add it; missing if it has the route. */
  emulator?: string;
}
