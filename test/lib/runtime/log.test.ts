import { describe, expect, test } from 'vitest';
import { errorFrames } from '../../../lib/runtime/log.ts';

describe('errorFrames', () => {
  test('gives where an error was thrown, innermost first, without its message', () => {
    // Prepare
    function thrower(): never {
      throw new Error('SENSITIVE-VALUE\nSENSITIVE-VALUE again');
    }
    let error: unknown;
    try {
      thrower();
    } catch (thrown) {
      error = thrown;
    }

    // Act
    const frames = errorFrames(error);

    // Assess
    expect(frames[0]).toMatch(/^at thrower .*log\.test\.ts/);
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

  test.each([['a text'], [undefined], [{ stack: '    at f (file.ts:1:1)' }]])('gives none of %j', (error) => {
    expect(errorFrames(error)).toEqual([]);
  });
});
