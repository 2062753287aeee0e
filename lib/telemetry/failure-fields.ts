import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AuthoringError } from '../errors/authoring-error.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError, type Upstream } from '../errors/tool-error.ts';
import type { LogFields } from './log.ts';

/**
 * Returns the log fields and the log level of an error. The level is ERROR if the operator or the tool's author must
 * fix the error.
 */
export function failureFields(error: ToolError): { level: 'INFO' | 'ERROR'; fields: Partial<LogFields> } {
  const { code, upstream } = error;
  const cause = rootCause(error);
  const isOurs =
    code === 'internal_error' ||
    code === 'not_configured' ||
    (code === 'outcome_unknown' && isAuthorsFault(cause, upstream));
  return {
    level: isOurs ? 'ERROR' : 'INFO',
    fields: {
      code,
      ...(cause && causeFields(cause, error)),
      ...(upstream && { upstream_status: upstream.status, path_template: upstream.pathTemplate }),
    },
  };
}

/** Returns the original error inside the ToolErrors that wrap it. */
function rootCause({ cause }: ToolError): Error | undefined {
  if (cause instanceof ToolError) return rootCause(cause) ?? cause;
  return cause instanceof Error ? cause : undefined;
}

/**
 * Returns true if the tool's author must fix the error. A schema mismatch with `upstream` means that the provider's
 * response did not match. Without `upstream`, the tool's output did not match.
 */
function isAuthorsFault(cause: Error | undefined, upstream: Upstream | null): boolean {
  return cause instanceof AuthoringError || (cause instanceof SchemaMismatch && !upstream);
}

/** Returns details for the tool's author: the place of the error, but never the data. */
function causeFields(cause: Error, { code, upstream }: ToolError): Partial<LogFields> {
  const faults = cause instanceof SchemaMismatch ? cause.faults : undefined;
  return {
    error_class: errorClass(cause),
    ...(cause instanceof AuthoringError && { authoring_fault: cause.message }),
    ...(code === 'internal_error' && { error_frames: errorFrames(cause) }),
    ...(faults && (upstream ? { response_faults: faults } : { output_faults: faults })),
  };
}

const CLASS_NAME = /^[A-Z]\w{0,63}$/;

/**
 * Returns the class name of an error. Some libraries put a text of the server into `name`. So a name that does not
 * look like a class name becomes `Error`.
 */
export function errorClass({ name }: Error): string {
  return typeof name === 'string' && CLASS_NAME.test(name) ? name : 'Error';
}

const FRAMES_MAX = 8;
// The frames contain files, but no function names. The stack also contains the message, whose lines may look like
// frames.
const LOCATION = /^\s+at (?:.* \()?((?:file:\/\/)?\/[^()]{1,500}):(\d{1,9}):(\d{1,9})\)?$/;

/**
 * Returns the place where an error was thrown: files, lines and columns, with the innermost frame first. We return
 * only files that exist, so a message in the stack that looks like a frame cannot add other text.
 */
export function errorFrames({ stack }: Error): string[] {
  if (typeof stack !== 'string') return [];
  const frames: string[] = [];
  for (const line of stack.split('\n')) {
    const [, file = '', lineNumber, column] = LOCATION.exec(line) ?? [];
    if (isFile(file)) frames.push(`${file}:${lineNumber}:${column}`);
    if (frames.length === FRAMES_MAX) break;
  }
  return frames;
}

function isFile(file: string): boolean {
  try {
    return existsSync(file.startsWith('file:') ? fileURLToPath(file) : file);
  } catch {
    return false;
  }
}
