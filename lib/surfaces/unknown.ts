import { ToolError } from '../errors/tool-error.ts';
import type { InvocationContext, Surface, SurfaceCall } from './surface.ts';

/** An event of none of the surfaces, so that it is answered like every other fault. */
export function unknownCall(supported: readonly Surface[], { awsRequestId }: InvocationContext): SurfaceCall {
  const refuse = () => {
    const names = supported.map(({ name }) => name).join(', ');
    throw new ToolError('internal_error', {
      message: `This event is of none of the surfaces that the function serves (${names}). Report this to the operator of the tool.`,
    });
  };
  return {
    caller: refuse,
    input: refuse,
    answer: (output) => output,
    answerError: (error) => error.toBody(awsRequestId ?? null),
  };
}
