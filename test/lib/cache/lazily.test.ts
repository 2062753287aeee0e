import { describe, expect, test, vi } from 'vitest';
import { lazily } from '../../../lib/cache/lazily.ts';

describe('lazily', () => {
  test('creates no value before the first call', () => {
    // Prepare
    const make = vi.fn(() => 'made');

    // Act
    lazily(make);

    // Assess
    expect(make).not.toHaveBeenCalled();
  });

  test.each([[{ made: true }], ['made'], [0], [''], [false], [null], [undefined]])(
    'creates the value %j once, even if it is used several times',
    (value) => {
      // Prepare
      const make = vi.fn(() => value);
      const get = lazily(make);

      // Act
      const values = [get(), get(), get()];

      // Assess
      for (const each of values) expect(each).toBe(value);
      expect(make).toHaveBeenCalledTimes(1);
    },
  );

  test('returns a separate value for each function', () => {
    // Prepare
    const make = () => ({});
    const [first, second] = [lazily(make), lazily(make)];

    // Act
    const values = [first(), second()];

    // Assess
    expect(values[0]).not.toBe(values[1]);
    expect(first()).toBe(values[0]);
  });

  test('tries again after an error', () => {
    // Prepare
    let tries = 0;
    const get = lazily(() => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
      return tries;
    });

    // Act
    const first = () => get();

    // Assess
    expect(first).toThrow('not yet');
    expect([get(), get()]).toEqual([2, 2]);
  });
});
