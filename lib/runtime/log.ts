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

/** The frames of an error's stack, innermost first, without its message, whose lines may look like frames. */
export function errorFrames({ stack = '', message }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return frames
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim());
}
