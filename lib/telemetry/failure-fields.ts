import { AuthoringError } from '../errors/authoring-error.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { ToolError, type Upstream } from '../errors/tool-error.ts';
import { errorClass } from './error-class.ts';
import { errorFrames } from './error-frames.ts';
import type { LogFields } from './log.ts';

/** What a log line tells of an error, and how loudly: ERROR is what the operator or the tool's author has to mend. */
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

/** What an error was made from, behind the errors that only say it in other words. */
function rootCause({ cause }: ToolError): Error | undefined {
  if (cause instanceof ToolError) return rootCause(cause) ?? cause;
  return cause instanceof Error ? cause : undefined;
}

/** A schema that the provider's answer broke comes with where it was asked; one that the output broke is the tool's own. */
function isAuthorsFault(cause: Error | undefined, upstream: Upstream | null): boolean {
  return cause instanceof AuthoringError || (cause instanceof SchemaMismatch && !upstream);
}

/** What helps the author of a tool: where something broke, never with which data. */
function causeFields(cause: Error, { code, upstream }: ToolError): Partial<LogFields> {
  const faults = cause instanceof SchemaMismatch ? cause.faults : undefined;
  return {
    error_class: errorClass(cause),
    ...(cause instanceof AuthoringError && { authoring_fault: cause.message }),
    ...(code === 'internal_error' && { error_frames: errorFrames(cause) }),
    ...(faults && (upstream ? { response_faults: faults } : { output_faults: faults })),
  };
}
