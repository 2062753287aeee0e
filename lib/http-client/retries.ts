import type { Deadline } from '../time/deadline.ts';
import { abortable } from '../time/deadline.ts';
import type { TransportFailure } from './transport-error.ts';

/** A failed attempt, as input for the retry rules. */
export interface FailedAttempt {
  /** The kind of failure, if there was no response. */
  failure?: TransportFailure | undefined;
  /** The HTTP status, if there was a response. */
  status?: number | null;
  /** The name of the error: our error code for a provider, AWS's own name for AWS. */
  error?: string | undefined;
  /** The time that the server asks us to wait. By default, we wait a random time (full jitter). */
  waitSeconds?: number | undefined;
  /** True if the request may already have written something. A retry could write it a second time. */
  mayHaveWritten?: boolean;
}

type RetryRule = (failed: FailedAttempt) => boolean;

/** A policy defines how often a request is sent, how long each attempt may take, and which failures are retried. */
export interface RetryPolicy {
  attemptsMax: number;
  /** The time limit of every attempt except the last. The last attempt may use all the time that is left. */
  attemptMaxMs: number;
  /** The time that must be left for a retry. If less time is left, the failure is returned. */
  leastMs: number;
  /** A failure is retried if one of these rules applies. */
  rules: readonly RetryRule[];
}

const ATTEMPTS_MAX = 3;
const BACKOFF_FIRST_MS = 200;

const UNAVAILABLE: ReadonlySet<unknown> = new Set([502, 503, 504]);
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
const AWS_THROTTLES: ReadonlySet<unknown> = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

const LOST: ReadonlySet<unknown> = new Set(['not_connected', 'connection_lost', 'timed_out']);
const isLost: RetryRule = ({ failure }) => LOST.has(failure);

const PROVIDER: RetryPolicy = {
  attemptsMax: ATTEMPTS_MAX,
  // Long enough for a provider's response, but short enough to leave time for another attempt.
  attemptMaxMs: 12_000,
  leastMs: 500,
  rules: [
    isLost,
    ({ error }) => error === 'rate_limited',
    // A connector's error rules may report an outage for a status below 500.
    ({ error, status }) =>
      error === 'provider_unavailable' &&
      typeof status === 'number' &&
      (status < 500 || UNAVAILABLE.has(status)),
  ],
};

const CONTROL_PLANE: RetryPolicy = {
  attemptsMax: ATTEMPTS_MAX,
  attemptMaxMs: 2_500,
  // An endpoint that responds at all responds within this time.
  leastMs: 500,
  rules: [isLost, ({ status }) => status === 429 || UNAVAILABLE.has(status)],
};

/** All retry rules of this project except one: `replayRefused` sends a request again if its credential was rejected. */
export const RETRY_POLICIES = {
  /** Reads of a provider, through Scalekit's proxy. */
  providerRead: PROVIDER,
  /**
   * Writes at a provider. A retry that runs out of time would turn a clear error into an unknown outcome. So a write
   * is retried only if more time is left than a read needs.
   */
  providerWrite: { ...PROVIDER, leastMs: 3_000 },
  /** Scalekit's own endpoints. */
  controlPlane: CONTROL_PLANE,
  /** Scalekit endpoints that must not receive the same request twice. */
  controlPlaneOnce: { ...CONTROL_PLANE, attemptsMax: 1 },
  /** AWS. Every operation that we use may safely be repeated. */
  aws: {
    attemptsMax: ATTEMPTS_MAX,
    // Within one region a response takes a few milliseconds. A retry is usually faster than waiting for a slow
    // response.
    attemptMaxMs: 1_000,
    leastMs: 100,
    rules: [isLost, ({ status }) => Number(status) >= 500, ({ error }) => AWS_THROTTLES.has(error)],
  },
} satisfies Record<string, RetryPolicy>;

interface Retried<Outcome> {
  deadline: Deadline;
  /**
   * Sends the request.
   * @param timeoutMs the limit of this attempt, so that a dead connection leaves time for the next attempt
   * @param attempt the number of this attempt, from 1
   */
  send(timeoutMs: number, attempt: number): Promise<Outcome>;
  /** Returns the failure of an attempt, or undefined if no policy may retry it. */
  failed(outcome: Outcome): FailedAttempt | undefined;
}

/**
 * Sends a request until it succeeds, the policy allows no more attempts, or the deadline leaves no time.
 * @returns the outcome of the last attempt
 * @throws the errors of `send`, and the reason of the deadline's signal if it aborts during a wait
 */
export async function withRetries<Outcome>(
  { attemptsMax, attemptMaxMs, leastMs, rules }: RetryPolicy,
  { deadline, send, failed }: Retried<Outcome>,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === attemptsMax;
    const { leftMs } = deadline;
    const shareMs = Math.max(leastMs, Math.min(attemptMaxMs, leftMs / 2));
    const outcome = await send(isLast ? leftMs : Math.min(shareMs, leftMs), attempt);
    const failure = isLast ? undefined : failed(outcome);
    if (!failure || failure.mayHaveWritten || !rules.some((applies) => applies(failure))) return outcome;
    const waitMs = waitBeforeNext(attempt, failure);
    if (waitMs + leastMs > deadline.leftMs) return outcome;
    await wait(waitMs, deadline.signal);
  }
}

/** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
function waitBeforeNext(attempt: number, { waitSeconds }: FailedAttempt): number {
  return waitSeconds === undefined
    ? Math.random() * BACKOFF_FIRST_MS * 2 ** (attempt - 1)
    : waitSeconds * 1000;
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

interface Replayed<Credential, Response> {
  get(): Promise<Credential>;
  send(credential: Credential): Promise<Response>;
  isRefused(response: Response): boolean;
  /**
   * Returns a newer credential than the rejected credential. Returns undefined if there is no newer credential, or if
   * the request was rejected for another reason.
   */
  renew(refused: Credential): Promise<Credential | undefined>;
}

/**
 * Sends a request. If the server rejects its credential, sends the request once more with a newer credential. No other
 * code repeats a request after a 401.
 * @returns the response to the last request, which may be a rejection too
 */
export async function replayRefused<Credential, Response>({
  get,
  send,
  isRefused,
  renew,
}: Replayed<Credential, Response>): Promise<Response> {
  const credential = await get();
  const response = await send(credential);
  if (!isRefused(response)) return response;
  const newer = await renew(credential);
  return newer === undefined ? response : send(newer);
}
