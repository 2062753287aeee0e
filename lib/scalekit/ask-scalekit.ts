import { ToolError } from '../errors/tool-error.ts';
import type { HttpResponse, Limits } from '../http-client/http-client.ts';
import { RETRY_POLICIES, type RetryPolicy, withRetries } from '../http-client/retries.ts';
import { retryAfterSeconds } from '../http-client/retry-after.ts';
import { TransportError } from '../http-client/transport-error.ts';
import type { Deadline } from '../time/deadline.ts';
import { endedWaitError } from './scalekit-error.ts';
import type { ScalekitSdk } from './scalekit-sdk.ts';

/**
 * Sends a request to one of Scalekit's own endpoints.
 * @returns the response with any status
 * @throws ToolError `scalekit_unavailable` if there is no response
 */
export async function askScalekit(
  { connections }: ScalekitSdk,
  deadline: Deadline,
  ask: (limits: Limits) => Promise<HttpResponse>,
  policy: RetryPolicy = RETRY_POLICIES.controlPlane,
): Promise<HttpResponse> {
  const { signal } = deadline;
  const outcome = await withRetries<HttpResponse | TransportError>(policy, {
    deadline,
    async send(timeoutMs, attempt) {
      // Connections from before a freeze of the environment may all be dead. A retry therefore uses a new connection.
      // A request without retries does the same for its only attempt.
      if (attempt > 1 || policy.attemptsMax === 1) connections.closeUnusedSince(connections.mark());
      try {
        return await ask({ signal, timeoutMs: Math.max(1, timeoutMs) });
      } catch (error) {
        if (error instanceof TransportError) return error;
        throw error;
      }
    },
    failed(outcome) {
      if (outcome instanceof TransportError) return { failure: outcome.failure };
      return { status: outcome.status, waitSeconds: retryAfterSeconds(outcome.headers) };
    },
  }).catch((error: unknown) => {
    throw endedWaitError(error, signal);
  });
  if (outcome instanceof TransportError) throw new ToolError('scalekit_unavailable', { cause: outcome });
  return outcome;
}
