import { ToolError } from '../errors/tool-error.ts';
import type { HttpAnswer, Limits } from '../http/http-client.ts';
import { TransportError } from '../http/transport-error.ts';
import { ATTEMPTS_MAX, inAttempts } from '../time/attempts.ts';
import type { Deadline } from '../time/deadline.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { ScalekitSdk } from './scalekit-sdk.ts';

// Enough for an endpoint that answers at all.
const LEAST_MS = 500;
const PASSING_STATUSES = new Set([429, 502, 503, 504]);

/**
 * Asks one of Scalekit's own endpoints.
 * @param attemptsMax 1 for what cannot be asked again
 * @returns the answer, whatever its status
 * @throws ToolError `scalekit_unavailable` where there is none
 */
export async function askScalekit(
  { connections }: ScalekitSdk,
  deadline: Deadline,
  limitMs: number,
  ask: (limits: Limits) => Promise<HttpAnswer>,
  attemptsMax = ATTEMPTS_MAX,
): Promise<HttpAnswer> {
  const { signal } = deadline;
  const outcome = await inAttempts<HttpAnswer | TransportError>({
    deadline,
    limitMs,
    leastMs: LEAST_MS,
    attemptsMax,
    async once(timeoutMs, attempt) {
      // Where one kept-alive connection had died, the others will have, too; what is sent once cannot find that out.
      if (attempt > 1 || attemptsMax === 1) connections.closeUnusedSince(connections.mark());
      try {
        return await ask({ signal, timeoutMs: Math.max(1, timeoutMs) });
      } catch (error) {
        if (error instanceof TransportError) return error;
        throw error;
      }
    },
    again(last) {
      if (last instanceof TransportError) return last.failure === 'aborted' ? undefined : {};
      if (!PASSING_STATUSES.has(last.status)) return undefined;
      return { waitSeconds: retryAfterSeconds(last.headers) };
    },
  });
  if (outcome instanceof TransportError) throw new ToolError('scalekit_unavailable', { cause: outcome });
  return outcome;
}
