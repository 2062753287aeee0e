import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { retryAfterSeconds } from '../../../lib/http-client/retry-after.ts';

describe('retryAfterSeconds', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-01T12:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ['seconds', '30', 30],
    ['a fraction, rounded up', '0.2', 1],
    ['a larger fraction, rounded up', '29.01', 30],
    ['a number with spaces around it', ' 30 ', 30],
    ['zero seconds, rounded up', '0', 1],
    ['a day', '86400', 86_400],
    ['more than a day', '86401', 86_400],
    ['a number that is too large for JavaScript', '9'.repeat(400), 86_400],
    ['a date', 'Sun, 01 Nov 2026 12:00:45 GMT', 45],
    ['a date that is now', 'Sun, 01 Nov 2026 12:00:00 GMT', 1],
    ['a past date', 'Sun, 01 Nov 2026 11:00:00 GMT', 1],
    ['a far date', 'Wed, 01 Nov 2028 12:00:00 GMT', 86_400],
    ['an empty value', '', undefined],
    ['only spaces', '  ', undefined],
    ['a word', 'soon', undefined],
    ['a number in another form', '1e3', undefined],
    ['hexadecimal digits', '0x10', undefined],
    ['infinity', 'Infinity', undefined],
  ])('returns the right number of seconds, or undefined, for %s', (_, value, expected) => {
    // Act
    const seconds = retryAfterSeconds({ 'retry-after': value });

    // Assess
    expect(seconds).toBe(expected);
  });

  test('returns undefined without the header', () => {
    expect(retryAfterSeconds({ 'x-ratelimit-reset': '30' })).toBeUndefined();
  });
});
