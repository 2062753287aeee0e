import { expect, test } from 'vitest';
import { isSameJson } from '../../../../local/console/page/same-json.ts';

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 }, true],
  [{ a: null }, {}, false],
  [[1, 2], [2, 1], false],
  [{ a: 1 }, { a: '1' }, false],
  [{}, [], false],
  [{ a: 1 }, [['a', 1]], false],
  [null, null, true],
  [null, {}, false],
])('%j and %j: %j', (one, other, isSame) => {
  expect(isSameJson(one, other)).toBe(isSame);
});
