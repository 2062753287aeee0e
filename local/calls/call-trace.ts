/** Where a call goes, in this order; `key` is there for tools that write alone. */
export const STEP_NAMES = [
  'recognise',
  'identify',
  'validate',
  'account',
  'key',
  'run',
  'fit',
  'answer',
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** What a call did, and when; all times are from its beginning. */
export interface CallTrace {
  durationMs: number;
  /** Those that the tool has, also where the call did not come to them. */
  steps: readonly TracedStep[];
}

export interface TracedStep {
  name: StepName;
  /** Null where the call did not come to it. */
  startMs: number | null;
  endMs: number | null;
  /** `failed` is the step at which the call ended in its error. */
  outcome: 'done' | 'failed' | 'not reached';
  /** Such as that the account was remembered; empty where there is nothing to say. */
  note: string;
  /** What was sent in this step, in the order of its beginning. */
  requests: readonly TracedRequest[];
}

export interface TracedRequest {
  to: 'provider' | 'account' | 'token' | 'issuer' | 'table' | 'other';
  method: string;
  /** The path with the query at the provider or service; of a request to DynamoDB its operation. */
  target: string;
  startMs: number;
  /** Until the answer's last byte; null where it was still under way when the call ended. */
  endMs: number | null;
  /** Null where there was no answer. */
  status: number | null;
  /** Why there was no whole answer, such as ECONNRESET; null where there was. */
  error: string | null;
}
