/**
 * The fields of a log line. They never contain an input, a filled path, a query, a body, a token, a secret, or a plain
 * identifier. Fields that are null or undefined are left out of the line.
 */
export interface LogFields {
  /** The name of the tool. */
  tool: string;
  /** The surface that received the call, such as `http`. */
  surface?: string;
  /** The connector whose account was connected. */
  connector?: string;
  /** The ID of the call, which its error also contains. */
  request_id?: string | null;
  /** A hash of the user's identifier, constant for all calls of a user. */
  identifier_hash?: string | undefined;
  /** A hash of the caller (a client, a role, an agent or a gateway), constant for all its calls. */
  caller_hash?: string | undefined;
  /** True if the caller named the user instead of being the user. */
  delegated?: boolean | undefined;
  /** The ID of the caller's own trace, if it sent a `traceparent`. */
  trace_id?: string | undefined;
  /** In a line of MCP: the ID of the tool's own call. */
  tool_request_id?: string | undefined;
  /** The code of the error that was returned. */
  code?: string;
  /** The class of the original error. */
  error_class?: string;
  /** The files and lines where it was thrown, without the message, which may quote data. */
  error_frames?: string[];
  /** The faults in a provider's response against the response schema, without the data. */
  response_faults?: string[];
  /** The faults in an output against its contract, without the data. */
  output_faults?: string[];
  /** A mistake in the tool's code. */
  authoring_fault?: string;
  /** The provider's HTTP status, if a request to it failed. */
  upstream_status?: number | null;
  /** The path of that request, with `{}` in place of each value. */
  path_template?: string;
  /** The number of attempts to reach the provider. */
  attempts?: number;
  /** The number of attempts that were retries. */
  retries?: number;
  /** The duration of all attempts together. */
  upstream_ms?: number;
  /** True if the account check was answered from the cache; undefined if there was no check. */
  account_from_cache?: boolean | undefined;
  /** True if the answer comes from an earlier call with the same key. */
  replayed?: boolean | undefined;
  /** The duration of the whole call. */
  duration_ms?: number;
}

/** Receives each log line: its level, the event, and the fields. An error thrown here reaches no caller. */
export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields) => void;
