import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type FailedAttempt,
  RETRY_POLICIES,
  type RetryPolicy,
  replayRefused,
  withRetries,
} from '../../../lib/http-client/retries.ts';
import { Deadline } from '../../../lib/time/deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Makes all attempts. Each attempt takes `tookMs` and fails with `failed`. */
async function run(options: {
  leftMs: number;
  tookMs?: number;
  limitMs?: number;
  leastMs?: number;
  failed: Pick<FailedAttempt, 'waitSeconds'> | undefined;
}) {
  const startedAtMs = Date.now();
  const attempts: { number: number; atMs: number; timeoutMs: number }[] = [];
  const policy = {
    attemptsMax: 3,
    attemptMaxMs: options.limitMs ?? 60_000,
    leastMs: options.leastMs ?? 100,
    rules: [() => true],
  };
  const result = withRetries(policy, {
    deadline: new Deadline(options.leftMs),
    async send(timeoutMs, number) {
      attempts.push({ number, atMs: Date.now() - startedAtMs, timeoutMs });
      if (options.tookMs) await new Promise((resolve) => setTimeout(resolve, options.tookMs));
      return `outcome ${number}`;
    },
    failed: () => options.failed,
  });
  await vi.advanceTimersByTimeAsync(options.leftMs);
  return { outcome: await result, attempts };
}

describe('withRetries', () => {
  test('makes one attempt if the outcome is final', async () => {
    const { outcome, attempts } = await run({ leftMs: 10_000, failed: undefined });

    expect(outcome).toBe('outcome 1');
    expect(attempts).toHaveLength(1);
  });

  test('makes at most three attempts, and returns the outcome of the last attempt', async () => {
    const { outcome, attempts } = await run({ leftMs: 10_000, failed: {} });

    expect(outcome).toBe('outcome 3');
    expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test.each([
    [0, [0, 0, 0]],
    [0.5, [0, 100, 300]],
    [0.999, [0, 199, 599]],
  ])(
    'waits a random time before a retry (full jitter): the share %d of 200 and 400 ms',
    async (random, expected) => {
      vi.spyOn(Math, 'random').mockReturnValue(random);

      const { attempts } = await run({ leftMs: 10_000, failed: {} });

      for (const [index, atMs] of expected.entries()) {
        // The timers round to whole milliseconds.
        expect(Math.abs((attempts[index]?.atMs ?? 0) - atMs)).toBeLessThanOrEqual(2);
      }
    },
  );

  test('waits as long as the response requests', async () => {
    const { attempts } = await run({ leftMs: 10_000, failed: { waitSeconds: 3 } });

    expect(attempts.map(({ atMs }) => atMs)).toEqual([0, 3_000, 6_000]);
  });

  test.each([
    ['longer than the remaining time', 10_000, 11, 1],
    ['as long as the remaining time', 10_000, 10, 1],
    ['short enough for one wait, but not for two', 10_000, 6, 2],
  ])(
    'makes only the attempts for which enough time is left, if the requested wait is %s',
    async (_, leftMs, waitSeconds, expected) => {
      const { attempts, outcome } = await run({ leftMs, failed: { waitSeconds } });

      expect(attempts).toHaveLength(expected);
      expect(outcome).toBe(`outcome ${expected}`);
    },
  );

  test('limits each attempt except the last to half of the remaining time or to its own limit', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);

    const short = await run({ leftMs: 8_000, tookMs: 1_000, failed: {} });
    const limited = await run({ leftMs: 8_000, tookMs: 1_000, limitMs: 2_500, failed: {} });

    expect(short.attempts.map(({ timeoutMs }) => Math.round(timeoutMs / 100) * 100)).toEqual([
      4_000, 3_500, 6_000,
    ]);
    expect(limited.attempts.map(({ timeoutMs }) => Math.round(timeoutMs / 100) * 100)).toEqual([
      2_500, 2_500, 6_000,
    ]);
  });

  test.each([
    [500, 2],
    [1_000, 1],
  ])('makes a second attempt only if at least %i ms are left for the attempt', async (leastMs, expected) => {
    const { attempts } = await run({ leftMs: 2_800, leastMs, failed: { waitSeconds: 2 } });

    expect(attempts).toHaveLength(expected);
  });

  test('does not limit an attempt to less time than it needs', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { attempts } = await run({ leftMs: 2_500, leastMs: 2_000, tookMs: 200, failed: {} });

    expect(attempts.map(({ timeoutMs }) => Math.round(timeoutMs / 100) * 100)).toEqual([2_000, 2_000, 2_100]);
  });

  test('ends a wait when the call ends', async () => {
    const deadline = new Deadline(10_000);
    const send = vi.fn(async () => 'outcome');
    const result = withRetries(RETRY_POLICIES.controlPlane, {
      deadline,
      send,
      failed: () => ({ status: 429, waitSeconds: 5 }),
    });
    const rejected = expect(result).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(1_000);

    deadline.end();

    await rejected;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(send).toHaveBeenCalledTimes(1);
  });
});

const LOST = ['not_connected', 'connection_lost', 'timed_out'] as const;
const FINAL = ['aborted', 'too_large', 'undecodable', 'unknown'] as const;
const failures = (of: readonly (typeof LOST | typeof FINAL)[number][]) => of.map((failure) => ({ failure }));
const statuses = (...of: number[]) => of.map((status) => ({ status }));
const provider: Verdicts = {
  retries: [
    ...failures(LOST),
    // Most providers use status 429 for rate limits. Slack can use 200, and GitHub can use 403.
    ...[200, 403, 429].map((status) => ({ status, error: 'rate_limited' })),
    ...[200, 429, 502, 503, 504].map((status) => ({ status, error: 'provider_unavailable' })),
  ],
  isFinal: [
    ...failures(FINAL),
    ...[500, 501, 505].map((status) => ({ status, error: 'provider_unavailable' })),
    ...[
      [401, 'credentials_refused'],
      [404, 'not_found'],
      [409, 'conflict'],
      [503, 'rejected_by_provider'],
      [200, 'invalid_provider_response'],
    ].map(([status, error]) => ({ status: Number(status), error: String(error) })),
  ],
};
const controlPlane: Verdicts = {
  retries: [...failures(LOST), ...statuses(429, 502, 503, 504)],
  isFinal: [...failures(FINAL), ...statuses(200, 400, 401, 403, 404, 409, 500)],
};

interface Verdicts {
  retries: FailedAttempt[];
  isFinal: FailedAttempt[];
}

const VERDICTS: Record<keyof typeof RETRY_POLICIES, Verdicts & { policy: RetryPolicy }> = {
  providerRead: { policy: RETRY_POLICIES.providerRead, ...provider },
  providerWrite: { policy: RETRY_POLICIES.providerWrite, ...provider },
  controlPlane: { policy: RETRY_POLICIES.controlPlane, ...controlPlane },
  // This policy allows only one attempt, so its rules are never evaluated.
  controlPlaneOnce: {
    policy: RETRY_POLICIES.controlPlaneOnce,
    retries: [],
    isFinal: [...controlPlane.retries, ...controlPlane.isFinal],
  },
  aws: {
    policy: RETRY_POLICIES.aws,
    retries: [
      ...failures(LOST),
      ...statuses(500, 502, 503),
      { status: 400, error: 'ThrottlingException' },
      { status: 400, error: 'ProvisionedThroughputExceededException' },
      { status: 400, error: 'RequestLimitExceeded' },
    ],
    isFinal: [...failures(FINAL), ...statuses(302, 403, 404), { status: 400, error: 'ValidationException' }],
  },
};
const cases = Object.entries(VERDICTS).flatMap(([name, { policy, retries, isFinal }]) => {
  return [
    ...retries.map((failed) => ({ name, policy, failed, attempts: 3 })),
    ...isFinal.map((failed) => ({ name, policy, failed, attempts: 1 })),
    ...retries.map((failed) => ({ name, policy, failed: { ...failed, mayHaveWritten: true }, attempts: 1 })),
  ];
});

test.each(cases)(
  '$name: sends a request $attempts times if it fails with $failed',
  async ({ policy, failed, attempts }) => {
    const send = vi.fn(async () => 'outcome');
    const retried = withRetries(policy, { deadline: new Deadline(60_000), send, failed: () => failed });
    await vi.advanceTimersByTimeAsync(10_000);
    await retried;

    expect(send).toHaveBeenCalledTimes(attempts);
  },
);

describe('replayRefused', () => {
  /** Sends a request with these credentials, one after the other. The server accepts only `good`. */
  async function replay(credentials: string[], good: string) {
    const sent: string[] = [];
    const status = await replayRefused({
      get: async () => credentials[0] ?? '',
      send: async (credential) => {
        sent.push(credential);
        return credential === good ? 200 : 401;
      },
      isRefused: (response) => response === 401,
      renew: async (refused) => credentials[credentials.indexOf(refused) + 1],
    });
    return { status, sent };
  }

  test.each([
    ['the first credential is accepted', ['a', 'b'], 'a', { status: 200, sent: ['a'] }],
    ['the newer credential is accepted', ['a', 'b'], 'b', { status: 200, sent: ['a', 'b'] }],
    ['there is no newer credential', ['a'], 'b', { status: 401, sent: ['a'] }],
    ['the newer credential is also rejected', ['a', 'b', 'c'], 'c', { status: 401, sent: ['a', 'b'] }],
  ])('sends the expected requests if %s', async (_, credentials, good, expected) => {
    expect(await replay(credentials, good)).toEqual(expected);
  });
});
