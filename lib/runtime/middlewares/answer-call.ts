import type { MiddlewareObj } from '@middy/core';
import type { Tool } from '../../contract/define-tool.ts';
import { AuthoringError } from '../../errors/authoring-error.ts';
import { SchemaMismatch } from '../../errors/schema-mismatch.ts';
import { ToolError, type Upstream } from '../../errors/tool-error.ts';
import { fitError } from '../fit-error.ts';
import { errorFrames, type Log, type LogFields } from '../log.ts';
import type { Runtime } from '../runtime.ts';
import type { ToolCall } from '../tool-call.ts';
import { withField } from '../with-field.ts';

/** Ends a call: maps what was thrown, aborts what is in flight, logs one line, and answers in the surface's form. */
export function answerCall(tool: Tool, { log, settings }: Runtime): MiddlewareObj<ToolCall> {
  return {
    after(request) {
      const { event: call } = request;
      call.deadline.end();
      log('INFO', 'call succeeded', fields(call));
      request.response = call.surface.answer(request.response);
    },

    onError(request) {
      const { event: call } = request;
      const error = fitError(toToolError(request.error, call), call.requestId, settings.RESPONSE_BYTES);
      call.deadline.end();
      logError(log, error, fields(call));
      // A surface that throws the error throws this one.
      request.error = error;
      request.response = call.surface.answerError(error);
    },
  };

  function fields(call: ToolCall) {
    return {
      tool: tool.name,
      surface: call.surfaceName,
      request_id: call.requestId,
      duration_ms: Date.now() - call.startedAtMs,
    };
  }
}

function toToolError(error: unknown, { api, deadline, input }: ToolCall): ToolError {
  const known = error instanceof ToolError ? error : undefined;
  // Nothing that goes wrong after a write was sent may look as if it could be repeated.
  if (api?.mayHaveWritten) {
    return known?.code === 'outcome_unknown'
      ? known
      : new ToolError('outcome_unknown', { cause: error, upstream: known?.upstream });
  }
  if (known) return withField(known, input);
  return new ToolError(deadline.signal.aborted ? 'provider_timeout' : 'internal_error', { cause: error });
}

function logError(log: Log, error: ToolError, fields: LogFields): void {
  const { code, upstream } = error;
  const cause = rootCause(error);
  const isOurs =
    code === 'internal_error' ||
    code === 'not_configured' ||
    (code === 'outcome_unknown' && isAuthorsFault(cause, upstream));
  log(isOurs ? 'ERROR' : 'INFO', 'call failed', {
    ...fields,
    code,
    ...(cause && causeFields(cause, error)),
    ...(upstream && { upstream_status: upstream.status, path_template: upstream.pathTemplate }),
  });
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
    error_class: cause.name,
    ...(cause instanceof AuthoringError && { authoring_fault: cause.message }),
    ...(code === 'internal_error' && { error_frames: errorFrames(cause) }),
    ...(faults && (upstream ? { response_faults: faults } : { output_faults: faults })),
  };
}
