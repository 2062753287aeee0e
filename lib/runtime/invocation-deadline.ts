import type { InvocationContext } from '../surfaces/surface.ts';
import { Deadline } from '../time/deadline.ts';

// We stop 750 ms before the invocation ends: at least 500 ms to send the answer, the rest to build it.
const ANSWER_RESERVE_MS = 750;
// The limit outside Lambda: just below the 30 s after which API Gateway gives up.
const DURATION_MS_DEFAULT = 28_000;

/** Returns the deadline for everything that an invocation waits for. */
export function invocationDeadline(context: InvocationContext): Deadline {
  const remainingMs = context.getRemainingTimeInMillis?.() ?? DURATION_MS_DEFAULT;
  return new Deadline(remainingMs - ANSWER_RESERVE_MS);
}
