import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Deadline } from '../../../lib/time/deadline.ts';

describe('Deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('aborts when its time is over, and not before', () => {
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
    { elapsedMs: 0, limitMs: 400, timeoutMs: 400 },
    { elapsedMs: 0, limitMs: 5_000, timeoutMs: 1_000 },
    { elapsedMs: 700, limitMs: 400, timeoutMs: 300 },
    { elapsedMs: 1_000, limitMs: 400, timeoutMs: 1 },
    { elapsedMs: 9_000, limitMs: 400, timeoutMs: 1 },
  ])('gives $timeoutMs of $limitMs ms after $elapsedMs of 1000 ms', ({ elapsedMs, limitMs, timeoutMs }) => {
    // Prepare
    const deadline = new Deadline(1_000);

    // Act
    vi.advanceTimersByTime(elapsedMs);

    // Assess
    expect(deadline.timeoutMs(limitMs)).toBe(timeoutMs);
  });

  test.each([0, -500])('leaves nothing at %d ms', (durationMs) => {
    // Prepare
    const deadline = new Deadline(durationMs);

    // Act
    vi.advanceTimersByTime(0);

    // Assess
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.timeoutMs(400)).toBe(1);
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
