import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { serviceName } from './powertools-settings.ts';

/**
 * The fields of a log line. They never contain an input, a path with its values, a query, a body, a token, a secret,
 * or an identifier in plain text. Fields that are null or undefined are left out of the line.
 */
export interface LogFields {
  /** The name of the tool. */
  tool: string;
  /** The surface that received the call, such as `http`. */
  surface?: string;
  /** The connector whose account the user has connected. */
  connector?: string;
  /** The request ID of the call. An error of the call contains the same ID. */
  request_id?: string | null;
  /** A hash of the user's identifier. All calls of a user have the same hash. */
  identifier_hash?: string | undefined;
  /** A hash of the caller: a client, a role, an agent or a gateway. All calls of a caller have the same hash. */
  caller_hash?: string | undefined;
  /** True if the caller acts for a user whom it names; false if the caller is the user. */
  delegated?: boolean | undefined;
  /** The ID of the caller's trace, if the caller sent a `traceparent`. */
  trace_id?: string | undefined;
  /** In a log line of the MCP function: the request ID of the tool's function. */
  tool_request_id?: string | undefined;
  /** The code of the error that was returned. */
  code?: string;
  /** The class of the original error. */
  error_class?: string;
  /** The files and lines where the error was thrown. The message is left out, because it may quote data. */
  error_frames?: string[];
  /** The places where a provider's response does not match its schema, without the data. */
  response_faults?: string[];
  /** The places where an output does not match its schema, without the data. */
  output_faults?: string[];
  /** The message about a mistake in the tool's code. */
  authoring_fault?: string;
  /** The provider's HTTP status, if a request to it failed. */
  upstream_status?: number | null;
  /** The path of the failed request, with `{}` in place of each value. */
  path_template?: string;
  /** The number of attempts to reach the provider. */
  attempts?: number;
  /** The number of attempts that were retries. */
  retries?: number;
  /** The total duration of all attempts. */
  upstream_ms?: number;
  /** True if the account's status came from the cache; undefined if there was no check. */
  account_from_cache?: boolean | undefined;
  /** True if the response comes from an earlier call with the same key. */
  replayed?: boolean | undefined;
  /** The duration of the whole call. */
  duration_ms?: number;
}

/** Receives each log line: its level, its message and its fields. If it throws an error, the error is ignored. */
export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields) => void;

const METHODS = { INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Writes JSON lines with Powertools for AWS Lambda. The level INFO goes to stdout, and all other levels go to stderr.
 * @throws Error if one of Powertools' own settings is malformed
 */
export function createPowertoolsLog(): Log {
  const logger = new Logger({ serviceName: serviceName(), logFormatter: new LineFormatter() });
  return (level, message, fields) => {
    // Each line gets its own fields. We never add fields to the logger, because concurrent calls share it.
    logger[METHODS[level]](message, { ...fields });
  };
}

/**
 * Writes the same line as Powertools' own formatter, but faster. That formatter also handles types of values that our
 * fields never have.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/#custom-log-formatter
 */
class LineFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, fields: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, sampleRateValue, xRayTraceId } = attributes;
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        timestamp: this.formatTimestamp(timestamp),
        service: serviceName,
        sampling_rate: sampleRateValue,
        xray_trace_id: xRayTraceId,
        ...fields,
      },
    });
  }
}

/**
 * Wraps a function so that its errors are ignored. A call must not fail because a log line or a metric cannot be
 * written.
 */
export function bestEffort<Parameters extends unknown[]>(
  report: (...parameters: Parameters) => unknown,
): (...parameters: Parameters) => void {
  return (...parameters) => {
    // The async function turns a thrown error into a rejection. `catch` then ignores it, and also the rejection of a
    // promise that `report` returns.
    (async () => report(...parameters))().catch(() => undefined);
  };
}
