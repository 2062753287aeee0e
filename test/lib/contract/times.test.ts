import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  boundInput,
  dayInput,
  momentInput,
  providerTime,
  time,
  utcTime,
} from '../../../lib/contract/times.ts';
import { toJsonSchema } from '../../../lib/schemas/json-schema.ts';

const input = boundInput('When.');

test.each([
  ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z'],
  ['2026-11-22T09:00:00.123456Z', '2026-11-22T09:00:00Z'],
  ['2026-11-22T09:00+01:00', '2026-11-22T08:00:00Z'],
  ['2026-11-22T23:30:00-0500', '2026-11-23T04:30:00Z'],
  ['2026-11-22', '2026-11-22T00:00:00Z'],
  ['2028-02-29', '2028-02-29T00:00:00Z'],
  [' 2026-11-22 ', '2026-11-22T00:00:00Z'],
])('an input for the start or end of a period converts %s to %s', (given, expected) => {
  expect(input.parse(given)).toBe(expected);
  expect(input.parse(input.parse(given))).toBe(expected);
});

test.each([
  '',
  'tomorrow',
  '2026-11-22T09:00:00',
  '2026-11-22 09:00:00Z',
  '22.11.2026',
  '1795251600',
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-11-22T25:00:00Z',
  '1969-12-31',
])(
  'an input for the start or end of a period rejects %j, and the error states the expected value',
  (given) => {
    expect(input.safeParse(given).error?.issues).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^must be a day, such as 2026-11-22, or a time with a zone/),
      }),
    ]);
  },
);

test('an input for a point in time requires a time of day and a time zone', () => {
  const moment = momentInput('When.');

  expect(moment.parse('2026-11-22T09:00+01:00')).toBe('2026-11-22T08:00:00Z');
  for (const given of ['2026-11-22', '2026-11-22T09:00:00', '1795251600'])
    expect(moment.safeParse(given).error?.issues).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^must be a date, a time and a zone/) }),
    ]);
});

test('an input for a day rejects a time', () => {
  const day = dayInput('When.');

  expect(day.parse(' 2026-11-22 ')).toBe('2026-11-22');
  for (const given of ['2026-11-22T09:00:00Z', '2026-02-30', '22.11.2026'])
    expect(day.safeParse(given).error?.issues).toEqual([
      expect.objectContaining({ message: 'must be a day without a time, such as 2026-11-22' }),
    ]);
});

test('the schemas of times are short, because each list of tools contains them', () => {
  const schema = z.strictObject({ since: input, at: time() });

  expect(toJsonSchema(schema, 'input', 'It').properties).toEqual({
    since: { type: 'string', description: 'When.' },
    at: { type: 'string', maxLength: 20, format: 'date-time' },
  });
});

describe("a time in a provider's response", () => {
  test.each([
    [undefined, '2026-05-03T15:57:00.000+0000', '2026-05-03T15:57:00Z'],
    [undefined, '2026-05-03', '2026-05-03T00:00:00Z'],
    ['seconds', 1_503_435_956, '2017-08-22T21:05:56Z'],
    ['seconds', '1503435956.000247', '2017-08-22T21:05:56Z'],
    ['milliseconds', '1503435956999', '2017-08-22T21:05:56Z'],
    ['milliseconds', 0, '1970-01-01T00:00:00Z'],
  ] as const)('is converted to UTC: the unit is %s, and the time is %j', (unit, given, expected) => {
    expect(providerTime(unit).parse(given)).toBe(expected);
  });

  test.each([
    [undefined, 1_503_435_956],
    [undefined, ''],
    ['seconds', ''],
    ['seconds', 'soon'],
    ['seconds', 1e300],
    ['milliseconds', -1],
    ['milliseconds', Number.NaN],
    ['milliseconds', null],
    ['milliseconds', 1e15],
  ] as const)('is rejected: the unit is %s, and the time is %j', (unit, given) => {
    expect(providerTime(unit).safeParse(given).success).toBe(false);
  });
});

test('utcTime returns a time in whole seconds', () => {
  expect(utcTime(Date.parse('2026-11-22T10:00:00.900+01:00'))).toBe('2026-11-22T09:00:00Z');
  expect(() => utcTime(Number.NaN)).toThrow(RangeError);
});
