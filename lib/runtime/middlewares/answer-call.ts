import type { MiddlewareObj, Request } from '@middy/core';
import type { Tool } from '../../contract/define-tool.ts';
import { answerLimits, fitError } from '../answer-limits.ts';
import { callReporter } from '../report-call.ts';
import type { Runtime } from '../runtime.ts';
import { toToolError } from '../to-tool-error.ts';
import type { ToolCall } from '../tool-call.ts';

/**
 * Ends a call: converts a thrown error, aborts requests that still run, builds the response in the surface's format,
 * and reports the call.
 */
export function answerCall(tool: Tool, runtime: Runtime): MiddlewareObj<ToolCall> {
  const { RESPONSE_BYTES: budgetBytes } = runtime.settings;
  const reportCall = callReporter(tool, runtime);

  return { after: answer, onError: answerError };

  function answer(request: Request<ToolCall>): void {
    const { event: call } = request;
    // We build the response before we report the call. If this fails, the call must count as a failure.
    request.response = call.surface.answer(request.response, call.replayed);
    call.deadline.end();
    reportCall(call);
  }

  function answerError(request: Request<ToolCall>): void {
    const { event: call } = request;
    const { fitsError } = answerLimits(call, budgetBytes);
    const error = fitError(toToolError(request.error, call), fitsError);
    call.deadline.end();
    reportCall(call, error);
    // A surface without error responses throws this error.
    request.error = error;
    request.response = call.surface.answerError(error, call.replayed);
  }
}
