import type { ToolError } from '../errors/tool-error.ts';
import { jsonBytes } from '../text/json-bytes.ts';
import type { ToolCall } from './tool-call.ts';

/** What an answer has to fit into: the budget of its body, and what the surface can carry as a whole. */
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
