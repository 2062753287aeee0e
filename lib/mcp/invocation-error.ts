import * as z from 'zod';
import type { Effect } from '../contract/define-tool.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { ToolError } from '../errors/tool-error.ts';

const LambdaApiError = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });
const ConnectionFailure = z.object({ code: z.enum(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']) });

/** The errors with which the Lambda API reports that the function did not run. */
const ERRORS_BY_STATUS: Readonly<Record<number, { code: ErrorCode; message: string }>> = {
  403: {
    code: 'not_configured',
    message: 'The function of this tool may not be invoked from here. Report this to the operator.',
  },
  404: {
    code: 'not_configured',
    message: 'The function of this tool does not exist. Report this to the operator.',
  },
  413: { code: 'invalid_input', message: 'The input is too large. Call the tool with less.' },
  429: {
    code: 'dependency_unavailable',
    message: 'Too many calls run at the moment; nothing was sent. Repeat the call in a few seconds.',
  },
};

/**
 * Returns the error of a call that has no response of the tool's function, because the Lambda API failed.
 * @param signal the invocation's signal, which aborts when the time for the invocation is over
 */
export function invocationError(cause: unknown, effect: Effect, signal: AbortSignal): ToolError {
  const status = LambdaApiError.safeParse(cause).data?.$metadata.httpStatusCode;
  const refusal = ERRORS_BY_STATUS[status ?? 0];
  if (refusal) return new ToolError(refusal.code, { message: refusal.message, cause });
  if (status !== undefined && status >= 400 && status < 500)
    return new ToolError('internal_error', { cause });
  // If there was no connection, the function has not started. After any other failure, the function may have run or
  // may still be running.
  if (ConnectionFailure.safeParse(cause).success) return new ToolError('dependency_unavailable', { cause });
  if (effect !== 'read') return new ToolError('outcome_unknown', { cause });
  if (signal.aborted) return new ToolError('provider_timeout', { cause });
  return new ToolError('dependency_unavailable', { cause });
}
