import { describe, expect, test } from 'vitest';
import { cutText } from '../../../lib/text/cut-text.ts';

describe('cutText', () => {
  test.each([
    { text: '', maximum: 3, cut: '' },
    { text: 'ab', maximum: 3, cut: 'ab' },
    { text: 'abc', maximum: 3, cut: 'abc' },
    { text: 'abcd', maximum: 3, cut: 'ab…' },
    { text: 'abcd', maximum: 1, cut: '…' },
    { text: '😀😀', maximum: 4, cut: '😀😀' },
    { text: 'ab😀cd', maximum: 5, cut: 'ab😀…' },
    { text: 'ab😀cd', maximum: 4, cut: 'ab…' },
    { text: 'ab😀cd', maximum: 3, cut: 'ab…' },
    { text: '😀😀', maximum: 2, cut: '…' },
  ])('gives "$cut" for "$text" at $maximum', ({ text, maximum, cut }) => {
    // Act
    const result = cutText(text, maximum);

    // Assess
    expect(result).toBe(cut);
  });

  test('splits no surrogate pair and keeps to every maximum', () => {
    // Prepare
    const text = 'x😀'.repeat(10);

    for (let maximum = 1; maximum <= text.length; maximum += 1) {
      // Act
      const result = cutText(text, maximum);

      // Assess
      expect(result.length).toBeLessThanOrEqual(maximum);
      expect(result.length).toBeGreaterThanOrEqual(maximum - 1);
      expect(result.isWellFormed()).toBe(true);
    }
  });
});

test('a text of joiners takes no longer than any other', () => {
  const joiners = '\u200d'.repeat(3_000_000);

  // Quadratic work would exceed the test's timeout.
  expect(cutText(`a${joiners}b${'c'.repeat(20)}`, 3_000_010)).toBe(`a${joiners}bccccccc…`);
});
