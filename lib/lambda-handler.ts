import middy, { type MiddyfiedHandler } from '@middy/core';
import type { InvocationContext } from './surfaces/surface.ts';

/**
 * A Lambda handler around which middlewares of Middy can be put: `handler.use(…)`. They see the event and the answer of
 * Lambda, in the form of the surface. https://middy.js.org/docs/intro/getting-started
 */
export type Handler = MiddyfiedHandler<unknown, unknown, Error, InvocationContext>;

/**
 * Makes a handler that takes middlewares.
 * @param run answers an event; if it throws, the invocation fails
 * @param fail answers an event for which a middleware threw, unless another middleware answers; by default the
 * invocation fails
 */
export function lambdaHandler(
  run: (event: unknown, context: InvocationContext) => Promise<unknown>,
  fail?: (event: unknown, context: InvocationContext, thrown: unknown) => Promise<unknown>,
): Handler {
  const failedRuns = new WeakSet<InvocationContext>();
  // Calls have deadlines of their own, which leave time for an answer.
  return (
    middy<unknown, unknown, Error, InvocationContext>({ timeoutEarlyInMillis: 0 })
      // The first one that is added is the last one to run.
      .onError(async (request) => {
        const { event, context, error } = request;
        if (!failedRuns.has(context)) request.response ??= await fail?.(event, context, error);
      })
      .handler(async (event: unknown, context: InvocationContext) => {
        try {
          return await run(event, context);
        } catch (error) {
          failedRuns.add(context);
          throw error;
        }
      })
  );
}
