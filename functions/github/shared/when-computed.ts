import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from 'scalekit-lambda-tools';

const ACCEPTED = 202;
// GitHub takes seconds for most repositories, and keeps the result; the caller has to get an answer in time.
const DELAYS_MS = [500, 1_000, 2_000, 4_000];

/**
 * Asks again while GitHub still computes statistics.
 * https://docs.github.com/en/rest/metrics/statistics#best-practices-for-caching
 * @throws ToolError `provider_timeout`, which invites a repeat
 */
export async function whenComputed<Answer extends { status: number }>(
  read: () => Promise<Answer>,
  signal: AbortSignal,
  delaysMs: readonly number[] = DELAYS_MS,
): Promise<Answer> {
  for (const delayMs of [0, ...delaysMs]) {
    await sleep(delayMs, undefined, { signal });
    const answer = await read();
    if (answer.status !== ACCEPTED) return answer;
  }
  throw new ToolError('provider_timeout', {
    message: 'GitHub is still computing these statistics. Repeat the same call in half a minute.',
    retryAfterSeconds: 30,
  });
}
