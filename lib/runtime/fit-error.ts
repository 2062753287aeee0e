import type { ToolError } from '../errors/tool-error.ts';
import { jsonBytes, largestThatFits } from './fit-output.ts';

/** An error with as many of its details as fit into the budget of an answer. */
export function fitError(error: ToolError, requestId: string | null, budgetBytes: number): ToolError {
  const first = (count: number) => error.withDetails(error.details.slice(0, count));
  const count = largestThatFits(
    error.details.length,
    (number) => jsonBytes(first(number).toBody(requestId)) <= budgetBytes,
  );
  return count === error.details.length ? error : first(count);
}
