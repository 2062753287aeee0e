/**
 * What a log line may hold: never an input, a filled path, a query, a body, a token, a secret, or an identifier in
 * clear. What is null or undefined is left out of the line.
 */
export interface LogFields {
  /** The name of the tool. */
  tool: string;
  /** How it was called, such as `http`. */
  surface?: string;
  /** The ID of the call, which an error tells as well. */
  request_id?: string | null;
  /** The same for all calls of a user, without telling who it is. */
  identifier_hash?: string | undefined;
  /** The same for all calls of a client, a role, an agent or a gateway, without telling which it is. */
  caller_hash?: string | undefined;
  /** Whether the caller named the user, in place of being the user. */
  delegated?: boolean | undefined;
  /** Of the caller's own trace, if it sent a `traceparent`. */
  trace_id?: string | undefined;
  /** In a line of MCP: the ID of the tool's own call. */
  tool_request_id?: string | undefined;
  /** Of the error that was answered. */
  code?: string;
  /** The class of what it was made from. */
  error_class?: string;
  /** Where it was thrown: functions and lines, without the message, which may quote data. */
  error_frames?: string[];
  /** Where a provider's answer broke the response schema, and how; never with what. */
  response_faults?: string[];
  /** Where an output broke its contract, and how; never with what. */
  output_faults?: string[];
  /** A mistake in the tool's code. */
  authoring_fault?: string;
  /** The provider's HTTP status, where a call of it failed. */
  upstream_status?: number | null;
  /** Which path that was, with `{}` in place of each value. */
  path_template?: string;
  /** How many attempts there were to reach the provider. */
  attempts?: number;
  /** How many of them repeated another one. */
  retries?: number;
  /** What all attempts took together. */
  upstream_ms?: number;
  /** Undefined where the account check was not reached. */
  account_from_cache?: boolean | undefined;
  /** Whether the answer is that of an earlier call with the same key. */
  replayed?: boolean | undefined;
  /** How long the whole call took. */
  duration_ms?: number;
}

/** Takes each log line: how loud it is, what happened, and with what. What it throws reaches no caller. */
export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields) => void;
