import { expect, test } from 'vitest';
import { counted, milliseconds } from '../../../../../local/console/page/shared/measures.ts';

test.each([
  [0, '0.0 ms'],
  [0.04, '0.0 ms'],
  [9.94, '9.9 ms'],
  [9.96, '10 ms'],
  [41.5, '42 ms'],
  [12_345.6, '12,346 ms'],
])('%d milliseconds are shown as %s', (durationMs, text) => {
  expect(milliseconds(durationMs)).toBe(text);
});

test('a count has its unit in the singular or in the plural', () => {
  expect([0, 1, 12_345].map((count) => counted(count, 'byte'))).toEqual([
    '0 bytes',
    '1 byte',
    '12,345 bytes',
  ]);
});
