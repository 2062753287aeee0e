import type * as z from 'zod';

/** What a log line may hold: never an input, a filled path, a body, a token, or an identifier in clear. */
export interface LogFields {
  tool: string;
  surface?: string;
  request_id?: string | null;
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
  duration_ms?: number;
}

export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields) => void;

/** Writes one line of JSON, which CloudWatch Logs indexes by its keys. */
export const logToStdout: Log = (level, message, fields) => {
  process.stdout.write(
    `${JSON.stringify({ level, message, timestamp: new Date().toISOString(), ...fields })}\n`,
  );
};

const FRAMES_MAX = 8;
const FAULTS_MAX = 8;

/** The frames of an error's stack, innermost first. */
export function errorFrames(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim());
}

/** The places where data broke a schema, such as `messages.0.id: invalid_type, expected string`, without the data. */
export function schemaFaults({ issues }: z.ZodError): string[] {
  return issues.slice(0, FAULTS_MAX).map((issue) => {
    const place = issue.path.join('.') || 'the object itself';
    if (issue.code === 'unrecognized_keys') return `${place}: has keys that are not declared`;
    return `${place}: ${issue.code}${issue.code === 'invalid_type' ? `, expected ${issue.expected}` : ''}`;
  });
}
