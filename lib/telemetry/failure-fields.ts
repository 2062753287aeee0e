import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AuthoringError } from '../errors/authoring-error.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError, type Upstream } from '../errors/tool-error.ts';
import type { LogFields } from './log.ts';

/**
 * Returns the log fields of an error, and the level: ERROR for faults that the operator or the tool's author must fix.
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

/** Returns the original error behind the ToolErrors that wrap it. */
function rootCause({ cause }: ToolError): Error | undefined {
  if (cause instanceof ToolError) return rootCause(cause) ?? cause;
  return cause instanceof Error ? cause : undefined;
}

/** A mismatch in a provider's response has an upstream; without one, the tool's own output broke its contract. */
function isAuthorsFault(cause: Error | undefined, upstream: Upstream | null): boolean {
  return cause instanceof AuthoringError || (cause instanceof SchemaMismatch && !upstream);
}

/** Returns details for the tool's author: where something broke, never with which data. */
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
 * Returns the class name of an error. Some libraries put text from a server into `name`, so anything else becomes
 * `Error`.
 */
export function errorClass({ name }: Error): string {
  return typeof name === 'string' && CLASS_NAME.test(name) ? name : 'Error';
}

const FRAMES_MAX = 8;
// Matches with or without a function name, which we drop: a text may contain lines that look like frames.
const LOCATION = /^\s+at (?:.* \()?((?:file:\/\/)?\/[^()]{1,500}):(\d{1,9}):(\d{1,9})\)?$/;

/**
 * Returns the place where an error was thrown, innermost first: files, lines and columns. The stack also contains the
 * error's messages; they can only add names of files that exist.
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
