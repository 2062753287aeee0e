import { ToolError } from '../errors/tool-error.ts';
import type { ToolCall } from './tool-call.ts';
import { withField } from './with-field.ts';

/** Returns the error to answer with, for anything that was thrown in a call. */
export function toToolError(error: unknown, { api, deadline, input }: ToolCall): ToolError {
  const known = error instanceof ToolError ? error : undefined;
  // After a write was sent, no error may invite a retry.
  if (api?.mayHaveWritten) {
    return known?.code === 'outcome_unknown'
      ? known
      : new ToolError('outcome_unknown', { cause: error, upstream: known?.upstream });
  }
  if (known) return withField(known, input);
  return new ToolError(deadline.signal.aborted ? 'provider_timeout' : 'internal_error', { cause: error });
}
