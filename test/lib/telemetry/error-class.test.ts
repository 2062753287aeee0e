import { expect, test } from 'vitest';
import { errorClass } from '../../../lib/telemetry/error-class.ts';

function named(name: unknown): Error {
  return Object.defineProperty(new Error('x'), 'name', { value: name });
}

test.each([
  ['TypeError', 'TypeError'],
  ['AccessDeniedException', 'AccessDeniedException'],
  ['user_ada', 'Error'],
  ['Bearer canary-7f3', 'Error'],
  ['A'.repeat(65), 'Error'],
  ['', 'Error'],
  [7, 'Error'],
  [undefined, 'Error'],
])('of an error with the name %j is %s', (name, expected) => {
  expect(errorClass(named(name))).toBe(expected);
});
