import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { serviceName } from './powertools-settings.ts';

/**
 * The fields of a log line. They never contain an input, a path with its values, a query, a body, a token, a secret, or
 * a plain identifier. Fields that are null or undefined are left out of the line.
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

const METHODS = { INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Writes JSON lines with Powertools for AWS Lambda: INFO to stdout, the others to stderr.
 * @throws Error if one of Powertools' own settings is malformed
 */
export function createPowertoolsLog(): Log {
  const logger = new Logger({ serviceName: serviceName(), logFormatter: new LineFormatter() });
  return (level, message, fields) => {
    // Fields belong to one line and never to the logger, because concurrent calls share it.
    logger[METHODS[level]](message, { ...fields });
  };
}

/**
 * Writes the same line as Powertools' own formatter, but skips its search for values that our fields never have.
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

/** Wraps a function so that its errors are ignored: no call fails because a log line or a metric cannot be written. */
export function bestEffort<Parameters extends unknown[]>(
  report: (...parameters: Parameters) => unknown,
): (...parameters: Parameters) => void {
  return (...parameters) => {
    // Runs at once. If the function is asynchronous, its rejection must not end the process either.
    (async () => report(...parameters))().catch(() => undefined);
  };
}
