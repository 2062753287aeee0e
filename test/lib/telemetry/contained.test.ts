import { expect, test } from 'vitest';
import { contained } from '../../../lib/telemetry/contained.ts';

test('runs at once, with all arguments', () => {
  const received: unknown[] = [];

  contained((...parameters: unknown[]) => received.push(parameters))('a', 1);

  expect(received).toEqual([['a', 1]]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no space left');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no space left'))],
])('a function that %s has no effect on its caller', async (_, report) => {
  expect(contained(report)()).toBeUndefined();
  // An unhandled rejection would end the test run.
  await new Promise((resolve) => setTimeout(resolve, 20));
});
