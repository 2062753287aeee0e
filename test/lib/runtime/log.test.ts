import { describe, expect, test } from 'vitest';
import { errorFrames } from '../../../lib/runtime/log.ts';

describe('errorFrames', () => {
  test('gives where an error was thrown, innermost first, without its message', () => {
    // Prepare
    function make(): Error {
      return new Error('SENSITIVE-VALUE\n    at SENSITIVE-VALUE (file.ts:1:1)');
    }

    // Act
    const frames = errorFrames(make());

    // Assess
    expect(frames[0]).toMatch(/^at make .*log\.test\.ts/);
    expect(frames.every((frame) => frame.startsWith('at '))).toBe(true);
    expect(frames.join()).not.toContain('SENSITIVE-VALUE');
  });

  test('gives at most eight', () => {
    // Prepare
    const error = new Error('x');
    error.stack = [
      'Error: x',
      ...Array.from({ length: 20 }, (_, index) => `    at f${index} (file.ts:1:1)`),
    ].join('\n');

    // Act
    const frames = errorFrames(error);

    // Assess
    expect(frames).toHaveLength(8);
    expect(frames[0]).toBe('at f0 (file.ts:1:1)');
  });

  test('gives none where there is no stack', () => {
    const error = new Error('x');
    delete error.stack;

    expect(errorFrames(error)).toEqual([]);
  });
});
