import { abortable } from './abortable.ts';
import type { Deadline } from './deadline.ts';

export const ATTEMPTS_MAX = 3;
const BACKOFF_FIRST_MS = 200;

export interface Repetition {
  /** What the other side asked for; by default full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  waitSeconds?: number | undefined;
}

interface AttemptsOptions<Outcome> {
  deadline: Deadline;
  /** The longest that an attempt takes which another one may follow. */
  limitMs: number;
  /** What an attempt that repeats another one needs; with less, the outcome of the one before stands. */
  leastMs: number;
  /** By default three. */
  attemptsMax?: number;
  /** Makes an attempt. @param timeoutMs its own limit, so that a dead connection leaves time for the next one */
  once(timeoutMs: number, attempt: number): Promise<Outcome>;
  /** How an outcome is repeated, or undefined where it stands. */
  again(outcome: Outcome): Repetition | undefined;
}

/**
 * Makes up to so many attempts, as long as time is left for the next one.
 * @returns the outcome of the last
 */
export async function inAttempts<Outcome>({
  deadline,
  limitMs,
  leastMs,
  attemptsMax = ATTEMPTS_MAX,
  once,
  again,
}: AttemptsOptions<Outcome>): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === attemptsMax;
    const { leftMs } = deadline;
    const shareMs = Math.max(leastMs, Math.min(limitMs, leftMs / 2));
    const outcome = await once(isLast ? leftMs : Math.min(shareMs, leftMs), attempt);
    const repetition = isLast ? undefined : again(outcome);
    if (!repetition) return outcome;
    const waitMs = waitBefore(attempt, repetition);
    if (waitMs + leastMs > deadline.leftMs) return outcome;
    await wait(waitMs, deadline.signal);
  }
}

async function wait(durationMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, durationMs);
  try {
    await abortable(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}

function waitBefore(attempt: number, { waitSeconds }: Repetition): number {
  return waitSeconds === undefined
    ? Math.random() * BACKOFF_FIRST_MS * 2 ** (attempt - 1)
    : waitSeconds * 1000;
}
