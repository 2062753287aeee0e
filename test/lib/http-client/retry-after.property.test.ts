import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryAfterSeconds } from '../../../lib/http-client/retry-after.ts';

const DAY_SECONDS = 86_400;

const number = fc.oneof(fc.double(), fc.integer(), fc.maxSafeNat()).map(String);
const date = fc.date({ noInvalidDate: true }).map((value) => value.toUTCString());
const nearlyADate = fc
  .tuple(date, fc.string({ maxLength: 3 }), fc.nat(30))
  .map(([text, inserted, at]) => text.slice(0, at) + inserted + text.slice(at + inserted.length));
const header = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'0123456789.,:-+ eExGMTSun') }),
  fc.stringMatching(/^\d+(\.\d+)?$/),
  number,
  date,
  nearlyADate,
);
const told = fc.option(fc.oneof(fc.double(), fc.integer()), { nil: undefined });

test('for any response, the wait is undefined or a whole number of seconds up to a day', () => {
  fc.assert(
    fc.property(fc.option(header, { nil: undefined }), told, (value, elsewhere) => {
      const seconds = retryAfterSeconds(value === undefined ? {} : { 'retry-after': value }, elsewhere);
      if (seconds === undefined) return;
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(DAY_SECONDS);
    }),
    { numRuns: 20_000 },
  );
});

test('a number of seconds within a day is rounded up to a whole number', () => {
  fc.assert(
    fc.property(fc.nat({ max: DAY_SECONDS * 1_000 }), (milliseconds) => {
      const value = (milliseconds / 1_000).toFixed(3);
      const seconds = retryAfterSeconds({ 'retry-after': value });
      expect(seconds).toBe(Math.max(1, Math.ceil(Number(value))));
    }),
    { numRuns: 5_000 },
  );
});
