import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { abortable, Deadline } from '../../../lib/time/deadline.ts';

describe('Deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('aborts its signal when its time is over, and not before', () => {
    // Prepare
    const { signal } = new Deadline(1_000);

    // Act
    vi.advanceTimersByTime(999);
    const before = signal.aborted;
    vi.advanceTimersByTime(1);

    // Assess
    expect(before).toBe(false);
    expect(signal.aborted).toBe(true);
  });

  test('aborts its signal immediately when the call ends, and leaves no timer', () => {
    // Prepare
    const deadline = new Deadline(1_000);

    // Act
    deadline.end();

    // Assess
    expect(deadline.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    [0, 1_000],
    [700, 300],
    [1_000, 0],
    [9_000, 0],
  ])('has, after %i of 1000 ms, %i ms left', (elapsedMs, leftMs) => {
    // Prepare
    const deadline = new Deadline(1_000);

    // Act
    vi.advanceTimersByTime(elapsedMs);

    // Assess
    expect(deadline.leftMs).toBe(leftMs);
  });

  test.each([
    ['the signal', 5_000, (whole: AbortController) => whole.abort()],
    ['its own time', 100, () => vi.advanceTimersByTime(100)],
  ])('ends with %s if it is created within a signal', (_, durationMs, act) => {
    // Prepare
    const whole = new AbortController();
    const { signal } = Deadline.within(whole.signal, durationMs);
    const before = signal.aborted;

    // Act
    act(whole);

    // Assess
    expect([before, signal.aborted]).toEqual([false, true]);
  });

  test('has no time left if it is created within an aborted signal', () => {
    expect(Deadline.within(AbortSignal.abort(), 5_000)).toMatchObject({
      leftMs: 0,
      signal: { aborted: true },
    });
  });

  test.each([0, -500])('has no time left if its duration is %d ms', (durationMs) => {
    // Prepare
    const deadline = new Deadline(durationMs);

    // Act
    vi.advanceTimersByTime(0);

    // Assess
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.leftMs).toBe(0);
  });

  test('keeps the process running until the deadline has ended, so that a script gets the error of its call', () => {
    // Prepare
    vi.useRealTimers();
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();

    // Act
    const deadline = new Deadline(60_000);
    const during = timers();
    deadline.end();
    const after = timers();

    // Assess
    expect([during, after]).toEqual([before + 1, before]);
  });
});

/**
 * Returns the rejections that nobody handles and that would end the process. Keeps them from the test runner, which
 * would report them.
 */
async function unhandledDuring(act: () => Promise<void>): Promise<unknown[]> {
  const listeners = process.listeners('unhandledRejection');
  const unhandled: unknown[] = [];
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  try {
    await act();
    await setImmediate();
    await setImmediate();
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
  return unhandled;
}

describe('abortable', () => {
  test('resolves with the value of the promise', async () => {
    // Prepare
    const { signal } = new AbortController();

    // Act
    const value = await abortable(Promise.resolve(7), signal);

    // Assess
    expect(value).toBe(7);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('rejects with the error of the promise', async () => {
    // Prepare
    const { signal } = new AbortController();
    const error = new Error('own');

    // Act
    const result = abortable(Promise.reject(error), signal);

    // Assess
    await expect(result).rejects.toBe(error);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test("rejects with the signal's reason when the signal aborts", async () => {
    // Prepare
    const controller = new AbortController();
    const reason = new Error('time is over');

    // Act
    const result = abortable(Promise.withResolvers().promise, controller.signal);
    const listenersDuring = getEventListeners(controller.signal, 'abort').length;
    controller.abort(reason);

    // Assess
    await expect(result).rejects.toBe(reason);
    expect(listenersDuring).toBe(1);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test("rejects with the signal's reason if the signal was already aborted", async () => {
    // Prepare
    const reason = new Error('time was over');

    // Act
    const result = abortable(Promise.resolve(7), AbortSignal.abort(reason));

    // Assess
    await expect(result).rejects.toBe(reason);
  });

  test.each(['during', 'before'])(
    'leaves no unhandled rejection if the promise rejects after an abort %s the wait',
    async (when) => {
      // Prepare
      const controller = new AbortController();
      const { promise, reject } = Promise.withResolvers<never>();

      // Act
      const unhandled = await unhandledDuring(async () => {
        if (when === 'before') controller.abort();
        const result = abortable(promise, controller.signal);
        controller.abort();
        await expect(result).rejects.toMatchObject({ name: 'AbortError' });
        reject(new Error('too late'));
      });

      // Assess
      expect(unhandled).toEqual([]);
    },
  );

  test('ignores an abort after the promise has resolved', async () => {
    // Prepare
    const controller = new AbortController();

    // Act
    const unhandled = await unhandledDuring(async () => {
      await abortable(Promise.resolve(7), controller.signal);
      controller.abort();
    });

    // Assess
    expect(unhandled).toEqual([]);
  });
});
