import type { ToolError } from '../errors/tool-error.ts';
import { RefusedPathValue } from '../provider/path.ts';

/** Adds the input field to an error about a value that was rejected as part of a path. */
export function withField(error: ToolError, input: Readonly<Record<string, unknown>>): ToolError {
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
