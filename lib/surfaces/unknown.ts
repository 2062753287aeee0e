import { ToolError } from '../errors/tool-error.ts';
import type { InvocationContext, Surface, SurfaceCall } from './surface.ts';

/** A call for an event that no surface recognises. It ends with an error, like any other fault. */
export function unknownCall(
  supported: readonly Surface[],
  { awsRequestId, clientContext }: InvocationContext,
): SurfaceCall {
  const refuse = () => {
    const names = supported.map(({ name }) => name).join(', ');
    throw new ToolError('internal_error', {
      message:
        clientContext === undefined
          ? `None of the function's surfaces (${names}) accepts this event. Report this to the operator of the tool.`
          : `None of the function's surfaces (${names}) accepts this client context. A backend must invoke the function without one; otherwise report this to the operator of the tool.`,
    });
  };
  return {
    caller: refuse,
    input: refuse,
    answer: (output) => output,
    answerError: (error) => error.toBody(awsRequestId ?? null),
  };
}
