import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameJson, jsonTokens } from '../../../../../local/console/page/shared/json.ts';

test('the tokens distinguish keys, strings, numbers and words', () => {
  const json = JSON.stringify({ 'a "b"': 'c: "d"', n: [-1.5e30, true, null] }, null, 2);

  expect(jsonTokens(json).filter(({ kind }) => kind !== 'mark')).toEqual([
    { kind: 'key', text: '"a \\"b\\""' },
    { kind: 'string', text: '"c: \\"d\\""' },
    { kind: 'key', text: '"n"' },
    { kind: 'number', text: '-1.5e+30' },
    { kind: 'word', text: 'true' },
    { kind: 'word', text: 'null' },
  ]);
});

test('the joined tokens equal the text, whether the JSON is valid or not', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(
        jsonTokens(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 }, true],
  [{ a: null }, {}, false],
  [[1, 2], [2, 1], false],
  [{ a: 1 }, { a: '1' }, false],
  [{}, [], false],
  [{ a: 1 }, [['a', 1]], false],
  [null, null, true],
  [null, {}, false],
])('the comparison of %j and %j returns %j', (one, other, isSame) => {
  expect(isSameJson(one, other)).toBe(isSame);
});
