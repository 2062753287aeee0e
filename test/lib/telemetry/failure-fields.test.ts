import { describe, expect, test } from 'vitest';
import { errorClass, errorFrames } from '../../../lib/telemetry/failure-fields.ts';

const HERE = import.meta.filename;

/** Returns an error. Its stack contains this message, even if the test changes the message later. */
function errorWith(message: string): Error {
  const error = new Error(message);
  expect(error.stack).toContain(message);
  return error;
}

describe('errorFrames', () => {
  test('returns the place where an error was thrown, with the innermost frame first', () => {
    const frames = errorFrames(new Error('x'));

    expect(frames[0]).toMatch(/failure-fields\.test\.ts:\d+:\d+$/);
    expect(frames.length).toBeGreaterThan(1);
  });

  test.each([
    ['like a frame', 'canary-7f3\n    at canary-7f3 (canary-7f3.ts:1:1)'],
    ['like a frame of a file', 'canary-7f3\n    at canary-7f3 (/canary-7f3/file.ts:1:1)'],
    ['like a frame of a URL', 'canary-7f3\n    at file:///canary-7f3/file.ts:1:1'],
    ['like a frame of a malformed URL', 'canary-7f3\n    at file:///canary%-7f3:1:1'],
    ['like a frame of Node.js', 'canary-7f3\n    at canary-7f3 (node:canary-7f3:1:1)'],
    ['like a frame of an existing file', `canary-7f3\n    at canary-7f3 (${HERE}:1:1)`],
  ])('ignores lines of a current or earlier message that look %s', (_, message) => {
    const kept = errorWith(message);
    const [shortened, replaced] = [errorWith(message), errorWith(message)];
    shortened.message = 'canary-7f3';
    replaced.message = 'something else';

    for (const error of [kept, shortened, replaced]) {
      expect(errorFrames(error).join()).not.toContain('canary-7f3');
      expect(errorFrames(error).some((frame) => frame.includes('failure-fields.test.ts'))).toBe(true);
    }
  });

  test('returns at most eight frames', () => {
    const error = new Error('x');
    error.stack = Array.from({ length: 20 }, (_, index) => `    at f${index} (${HERE}:${index}:1)`).join(
      '\n',
    );

    const frames = errorFrames(error);

    expect(frames).toHaveLength(8);
    expect(frames[0]).toBe(`${HERE}:0:1`);
  });

  test.each([
    ['there is no stack', undefined],
    ['the stack is not a text', [{ line: 1 }]],
  ])('returns no frames if %s', (_, value) => {
    expect(errorFrames(Object.defineProperty(new Error('x'), 'stack', { value }))).toEqual([]);
  });
});

describe('errorClass', () => {
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
  ])('returns the right class: the name is %j, and the class is %s', (name, expected) => {
    expect(errorClass(named(name))).toBe(expected);
  });
});
