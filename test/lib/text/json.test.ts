import { describe, expect, test } from 'vitest';
import { jsonBytes, parseJson } from '../../../lib/text/json.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  test.each([
    ['{"a":[1,"b"]}', { a: [1, 'b'] }],
    ['"text"', 'text'],
    ['null', null],
    [' 1 ', 1],
    [`{"a":"${'[{'.repeat(500)}"}`, { a: '[{'.repeat(500) }],
    [`{"a":"\\"${'['.repeat(500)}\\\\","b":[]}`, { a: `"${'['.repeat(500)}\\`, b: [] }],
    [`[${'[],'.repeat(500)}[]]`, Array(501).fill([])],
  ])('returns the value of %.40s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each(['', ' ', '{', '<html>', '{"a":1} x', 'undefined'])('returns undefined for %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  test('returns undefined without parsing if the nesting is too deep', () => {
    expect(parseJson(nested(200))).toBeDefined();
    expect(parseJson(nested(201))).toBeUndefined();
    expect(parseJson(`${'{"a":'.repeat(201)}1${'}'.repeat(201)}`)).toBeUndefined();
    expect(parseJson(nested(2_500_000))).toBeUndefined();
  });
});

describe('parseJson with exactNumbers', () => {
  test.each([
    // Numbers in Salesforce have up to 18 digits:
    // https://help.salesforce.com/s/articleView?id=platform.custom_field_types.htm
    ['999999999999999999', '999999999999999999'],
    ['-123456789012345678', '-123456789012345678'],
    // These are IDs of Discord and Twitter: https://developer.x.com/en/docs/x-ids
    ['10765432100123456789', '10765432100123456789'],
    ['9007199254740993', '9007199254740993'],
    ['1234567890.12345678', '1234567890.12345678'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['1e400', '1e400'],
  ])('returns %s as a string', (source, kept) => {
    expect(parseJson(`{"a":[${source}]}`, { exactNumbers: true })).toEqual({ a: [kept] });
  });

  test.each(['0', '-0', '1.39E8', '12.50', '9007199254740991', '1000000000000000000', '0.1', '1.0E-7'])(
    'returns %s as a number, because no digit is lost',
    (source) => {
      expect(parseJson(source, { exactNumbers: true })).toBe(Number(source));
    },
  );

  test('does not change other values', () => {
    const text = '{"a":"999999999999999999","b":null,"c":[true,{"d":1}]}';

    expect(parseJson(text, { exactNumbers: true })).toEqual(parseJson(text));
    expect(parseJson('{', { exactNumbers: true })).toBeUndefined();
  });
});

describe('jsonBytes', () => {
  test.each([
    [{}, 2],
    [{ a: 'ü' }, 10],
    ['"', 4],
    ['😀', 6],
    [null, 4],
  ])('counts the bytes of %j', (value, bytes) => {
    expect(jsonBytes(value)).toBe(bytes);
  });
});
