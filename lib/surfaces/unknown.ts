import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { InvocationContext, Surface, SurfaceCall } from './surface.ts';

/** The surface in the log line of an event that no surface recognises. */
export const UNKNOWN_SURFACE = 'unknown';

// Events from queues, streams and EventBridge, which invoke Lambda asynchronously.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
const AsynchronousEvent = lazily(() =>
  z.union([
    z.object({ Records: z.array(z.unknown()) }),
    z.object({ source: z.string(), 'detail-type': z.string() }),
  ]),
);

/**
 * A call for an event that no surface recognises. The response is an error. But if the event comes from an
 * asynchronous source, such as a queue, nobody reads the response. The invocation then fails, because only a failure
 * makes the source retry the event or move it to a dead-letter queue.
 */
export function unknownCall(
  event: unknown,
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
    answerError(error) {
      if (AsynchronousEvent().safeParse(event).success) throw error;
      return error.toBody(awsRequestId ?? null);
    },
  };
}
