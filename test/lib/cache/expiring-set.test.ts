import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExpiringSet } from '../../../lib/cache/expiring-set.ts';

function present(set: ExpiringSet, keys: string): string {
  return [...keys].filter((key) => set.has(key)).join('');
}

describe('ExpiringSet', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    [0, true],
    [999, true],
    [1_000, false],
    [5_000, false],
  ])('a key with a lifetime of 1000 ms: after %d ms, `has` returns %s', (elapsedMs, expected) => {
    // Prepare
    const set = new ExpiringSet({ lifetimeMs: 1_000, entriesMax: 10 });
    set.add('a');

    // Act
    vi.advanceTimersByTime(elapsedMs);

    // Assess
    expect(set.has('a')).toBe(expected);
    expect(set.has('b')).toBe(false);
  });

  test('stores no keys if the lifetime is 0', () => {
    // Prepare
    const set = new ExpiringSet({ lifetimeMs: 0, entriesMax: 10 });

    // Act
    set.add('a');

    // Assess
    expect(set.has('a')).toBe(false);
  });

  test('removes the oldest key if there are too many keys', () => {
    // Prepare
    const set = new ExpiringSet({ lifetimeMs: 1_000, entriesMax: 3 });

    // Act
    for (const key of 'abcd') set.add(key);

    // Assess
    expect(present(set, 'abcd')).toBe('bcd');
  });

  test('moves a key to the end if the key is added a second time, and removes no other key', () => {
    // Prepare
    const set = new ExpiringSet({ lifetimeMs: 1_000, entriesMax: 3 });
    for (const key of 'abc') set.add(key);

    // Act
    set.add('b');
    const afterOneMoreTime = present(set, 'abc');
    for (const key of 'de') set.add(key);

    // Assess
    expect(afterOneMoreTime).toBe('abc');
    expect(present(set, 'abcde')).toBe('bde');
  });

  test('restarts the lifetime of a key that is added a second time', () => {
    // Prepare
    const set = new ExpiringSet({ lifetimeMs: 1_000, entriesMax: 3 });
    set.add('a');
    vi.advanceTimersByTime(900);

    // Act
    set.add('a');
    vi.advanceTimersByTime(900);

    // Assess
    expect(set.has('a')).toBe(true);
  });

  test('deletes a key, which makes room for another key', () => {
    // Prepare
    const set = new ExpiringSet({ lifetimeMs: 1_000, entriesMax: 2 });
    for (const key of 'ab') set.add(key);

    // Act
    set.delete('b');
    set.delete('never there');
    set.add('c');

    // Assess
    expect(present(set, 'abc')).toBe('ac');
  });
});
