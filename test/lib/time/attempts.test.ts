import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inAttempts, type Repetition } from '../../../lib/time/attempts.ts';
import { Deadline } from '../../../lib/time/deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Runs to the end; each attempt takes `tookMs` and is repeated as `repetition` says. */
async function run(options: {
  leftMs: number;
  tookMs?: number;
  limitMs?: number;
  leastMs?: number;
  repetition: Repetition | undefined;
}) {
  const startedAtMs = Date.now();
  const attempts: { number: number; atMs: number; timeoutMs: number }[] = [];
  const result = inAttempts({
    deadline: new Deadline(options.leftMs),
    limitMs: options.limitMs ?? 60_000,
    leastMs: options.leastMs ?? 100,
    async once(timeoutMs, number) {
      attempts.push({ number, atMs: Date.now() - startedAtMs, timeoutMs });
      if (options.tookMs) await new Promise((resolve) => setTimeout(resolve, options.tookMs));
      return `outcome ${number}`;
    },
    again: () => options.repetition,
  });
  await vi.advanceTimersByTimeAsync(options.leftMs);
  return { outcome: await result, attempts };
}

describe('inAttempts', () => {
  test('makes one attempt where its outcome stands', async () => {
    const { outcome, attempts } = await run({ leftMs: 10_000, repetition: undefined });

    expect(outcome).toBe('outcome 1');
    expect(attempts).toHaveLength(1);
  });

  test('makes three at most, and gives the outcome of the last', async () => {
    const { outcome, attempts } = await run({ leftMs: 10_000, repetition: {} });

    expect(outcome).toBe('outcome 3');
    expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test.each([
    [0, [0, 0, 0]],
    [0.5, [0, 100, 300]],
    [0.999, [0, 199, 599]],
  ])('waits with full jitter: %d of 200 and 400 ms', async (random, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);

    const { attempts } = await run({ leftMs: 10_000, repetition: {} });

    for (const [index, atMs] of expected.entries()) {
      // Each timer counts in whole milliseconds.
      expect(Math.abs((attempts[index]?.atMs ?? 0) - atMs)).toBeLessThanOrEqual(2);
    }
  });

  test('waits for as long as it was asked to', async () => {
    const { attempts } = await run({ leftMs: 10_000, repetition: { waitSeconds: 3 } });

    expect(attempts.map(({ atMs }) => atMs)).toEqual([0, 3_000, 6_000]);
  });

  test.each([
    ['longer than what is left', 10_000, 11, 1],
    ['as long as what is left, with nothing for an attempt', 10_000, 10, 1],
    ['short enough once, but not twice', 10_000, 6, 2],
  ])('does not begin a wait that is %s', async (_, leftMs, waitSeconds, expected) => {
    const { attempts, outcome } = await run({ leftMs, repetition: { waitSeconds } });

    expect(attempts).toHaveLength(expected);
    expect(outcome).toBe(`outcome ${expected}`);
  });

  test('gives each attempt but the last at most half of what is left, or its own limit', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);

    const short = await run({ leftMs: 8_000, tookMs: 1_000, repetition: {} });
    const limited = await run({ leftMs: 8_000, tookMs: 1_000, limitMs: 2_500, repetition: {} });

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
  ])('leaves the next attempt at least %i ms', async (leastMs, expected) => {
    const { attempts } = await run({ leftMs: 2_800, leastMs, repetition: { waitSeconds: 2 } });

    expect(attempts).toHaveLength(expected);
  });

  test('does not halve the time of an attempt below what it needs', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { attempts } = await run({ leftMs: 2_500, leastMs: 2_000, tookMs: 200, repetition: {} });

    expect(attempts.map(({ timeoutMs }) => Math.round(timeoutMs / 100) * 100)).toEqual([2_000, 2_000, 2_100]);
  });

  test('ends a wait when the call ends', async () => {
    const deadline = new Deadline(10_000);
    const once = vi.fn(async () => 'outcome');
    const result = inAttempts({
      deadline,
      limitMs: 1_000,
      leastMs: 100,
      once,
      again: () => ({ waitSeconds: 5 }),
    });
    const rejected = expect(result).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(1_000);

    deadline.end();

    await rejected;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(once).toHaveBeenCalledTimes(1);
  });
});
