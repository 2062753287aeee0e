import { expect, test } from 'vitest';
import { jsonBytes } from '../../../lib/text/json-bytes.ts';

test.each([
  [{}, 2],
  [{ a: 'ü' }, 10],
  ['"', 4],
  ['😀', 6],
  [null, 4],
])('counts the bytes of %j', (value, bytes) => {
  expect(jsonBytes(value)).toBe(bytes);
});
