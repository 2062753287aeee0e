import type { InvocationContext } from '../surfaces/surface.ts';
import { Deadline } from '../time/deadline.ts';

// The answer is on its way at least 500 ms before the invocation ends; the rest is for making it.
const ANSWER_RESERVE_MS = 750;
// Where no Lambda says how much time there is: below the 30 s after which API Gateway gives up.
const DURATION_MS_DEFAULT = 28_000;

/** When everything that an invocation waits for has to have ended. */
export function invocationDeadline(context: InvocationContext): Deadline {
  const remainingMs = context.getRemainingTimeInMillis?.() ?? DURATION_MS_DEFAULT;
  return new Deadline(remainingMs - ANSWER_RESERVE_MS);
}
