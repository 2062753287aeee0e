import type { ToolError } from '../errors/tool-error.ts';
import { largestThatFits } from './fit-output.ts';

/** Returns the error with as many of its details as fit into an answer. */
export function fitError(error: ToolError, fits: (error: ToolError) => boolean): ToolError {
  const first = (count: number) => error.withDetails(error.details.slice(0, count));
  const count = largestThatFits(error.details.length, (number) => fits(first(number)));
  return count === error.details.length ? error : first(count);
}
