import { ToolError } from '../errors/tool-error.ts';
import { RefusedPathValue } from '../provider/path.ts';
import type { ToolCall } from './tool-call.ts';

/** Converts anything that was thrown in a call to the error of the response. */
export function toToolError(error: unknown, { api, deadline, input }: ToolCall): ToolError {
  const known = error instanceof ToolError ? error : undefined;
  // If a write was sent, the error must not suggest that the agent repeats the call.
  if (api?.mayHaveWritten) {
    return known?.code === 'outcome_unknown'
      ? known
      : new ToolError('outcome_unknown', { cause: error, upstream: known?.upstream });
  }
  if (known) return withField(known, input);
  return new ToolError(deadline.signal.aborted ? 'provider_timeout' : 'internal_error', { cause: error });
}

/** Adds the input field to the error for a value that cannot be part of a provider's path. */
function withField(error: ToolError, input: Readonly<Record<string, unknown>>): ToolError {
  const { cause } = error;
  if (!(cause instanceof RefusedPathValue)) return error;
  const field = Object.keys(input).find((key) =>
    [input[key]]
      .flat()
      .some((value) => value === cause.value || (typeof value === 'number' && String(value) === cause.value)),
  );
  if (field === undefined) return error;
  return error.withDetails(error.details.map(({ issue }) => ({ path: field, issue })));
}
