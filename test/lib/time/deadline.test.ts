import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deadline } from '../../../lib/time/deadline.ts';

describe('Deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('aborts at its time, and not before', () => {
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

  test('aborts at once when the call ends, and leaves no timer', () => {
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
  ])('after %i of 1000 ms leaves %i', (elapsedMs, leftMs) => {
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
  ])('within a signal ends with %s', (_, durationMs, act) => {
    // Prepare
    const whole = new AbortController();
    const { signal } = Deadline.within(whole.signal, durationMs);
    const before = signal.aborted;

    // Act
    act(whole);

    // Assess
    expect([before, signal.aborted]).toEqual([false, true]);
  });

  test('within an aborted signal has no time', () => {
    expect(Deadline.within(AbortSignal.abort(), 5_000)).toMatchObject({
      leftMs: 0,
      signal: { aborted: true },
    });
  });

  test.each([0, -500])('leaves nothing at %d ms', (durationMs) => {
    // Prepare
    const deadline = new Deadline(durationMs);

    // Act
    vi.advanceTimersByTime(0);

    // Assess
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.leftMs).toBe(0);
  });

  test('keeps the process alive until it ends, so that a script that waits for a call gets its error', () => {
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
