import type { ToolError } from '../errors/tool-error.ts';
import { jsonBytes } from '../text/json.ts';
import { largestThatFits } from './fit-output.ts';
import type { ToolCall } from './tool-call.ts';

/**
 * Checks a response against two limits: the setting RESPONSE_BYTES for its body, and the surface's limit for the whole
 * response.
 */
export interface AnswerLimits {
  fitsOutput(output: unknown): boolean;
  fitsError(error: ToolError): boolean;
}

export function answerLimits(
  { surface, requestId }: Pick<ToolCall, 'surface' | 'requestId'>,
  budgetBytes: number,
): AnswerLimits {
  const { answer, answerError, answerBytesMax } = surface;
  const carries = (whole: () => unknown) =>
    answerBytesMax === undefined || jsonBytes(whole()) <= answerBytesMax;
  return {
    fitsOutput: (output) => jsonBytes(output) <= budgetBytes && carries(() => answer(output)),
    fitsError: (error) =>
      jsonBytes(error.toBody(requestId)) <= budgetBytes && carries(() => answerError(error)),
  };
}

/** Returns the error with as many of its details as fit into a response. */
export function fitError(error: ToolError, fits: (error: ToolError) => boolean): ToolError {
  const first = (count: number) => error.withDetails(error.details.slice(0, count));
  const count = largestThatFits(error.details.length, (number) => fits(first(number)));
  return count === error.details.length ? error : first(count);
}
