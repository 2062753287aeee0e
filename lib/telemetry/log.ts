/**
 * What a log line may hold: never an input, a filled path, a query, a body, a token, a secret, or an identifier in
 * clear. What is null or undefined is left out of the line.
 */
export interface LogFields {
  tool: string;
  surface?: string;
  request_id?: string | null;
  /** The same for all calls of a user, without telling who it is. */
  identifier_hash?: string | undefined;
  code?: string;
  error_class?: string;
  /** Where it was thrown: functions and lines, without the message, which may quote data. */
  error_frames?: string[];
  /** Where a provider's answer broke the response schema, and how; never with what. */
  response_faults?: string[];
  /** Where an output broke its contract, and how; never with what. */
  output_faults?: string[];
  /** A mistake in the tool's code. */
  authoring_fault?: string;
  upstream_status?: number | null;
  path_template?: string;
  /** The attempts to reach the provider, and how many of them repeated another one. */
  attempts?: number;
  retries?: number;
  /** What all attempts took together. */
  upstream_ms?: number;
  /** Undefined where the account check was not reached. */
  account_from_cache?: boolean | undefined;
  /** Whether the answer is that of an earlier call with the same key. */
  replayed?: boolean | undefined;
  duration_ms?: number;
}

export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields) => void;
