import { ToolError } from '../errors/tool-error.ts';
import type { ToolCall } from './tool-call.ts';
import { withField } from './with-field.ts';

/** What is told of anything that was thrown in a call. */
export function toToolError(error: unknown, { api, deadline, input }: ToolCall): ToolError {
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
