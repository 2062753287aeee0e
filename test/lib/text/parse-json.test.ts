import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../lib/text/parse-json.ts';

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
  ])('gives the value of %.40s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each(['', ' ', '{', '<html>', '{"a":1} x', 'undefined'])('gives none for %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  test('gives none where it nests deeper than any API does, and does not try', () => {
    expect(parseJson(nested(200))).toBeDefined();
    expect(parseJson(nested(201))).toBeUndefined();
    expect(parseJson(`${'{"a":'.repeat(201)}1${'}'.repeat(201)}`)).toBeUndefined();
    expect(parseJson(nested(2_500_000))).toBeUndefined();
  });
});
