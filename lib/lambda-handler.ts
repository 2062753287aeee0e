import middy, { type MiddyfiedHandler } from '@middy/core';
import type { InvocationContext } from './surfaces/surface.ts';

/**
 * A Lambda handler that can be wrapped with Middy middlewares: `handler.use(…)`. The middlewares see the raw Lambda
 * event and response, in the surface's format.
 * https://middy.js.org/docs/intro/getting-started
 */
export type Handler = MiddyfiedHandler<unknown, unknown, Error, InvocationContext>;

/**
 * Makes a handler that accepts middlewares.
 * @param run returns the response to an event; if it throws, the invocation fails
 * @param fail returns the response if a middleware threw and no other middleware has set a response. If `fail` is
 * undefined, the invocation fails
 */
export function lambdaHandler(
  run: (event: unknown, context: InvocationContext) => Promise<unknown>,
  fail?: (event: unknown, context: InvocationContext, thrown: unknown) => Promise<unknown>,
): Handler {
  const failedRuns = new WeakSet<InvocationContext>();
  // Calls have their own deadlines, which leave time for a response. Middy's time-out is therefore off.
  return (
    middy<unknown, unknown, Error, InvocationContext>({ timeoutEarlyInMillis: 0 })
      // Middy runs error handlers in reverse order, so this handler runs last.
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
