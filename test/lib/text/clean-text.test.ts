import { describe, expect, test } from 'vitest';
import { cleanText, cutText } from '../../../lib/text/clean-text.ts';

const family = '👩\u200d👩\u200d👧';
const heartOnFire = '❤\ufe0f\u200d🔥';
const womanInSuitWithSkinTone = '👩🏽\u200d💼';
// The Persian word for "I want" contains a non-joiner. The Sinhala word "Sri" contains a joiner.
const persian = 'می\u200cخواهم';
const sinhala = 'ශ්\u200dරී';

function from(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

describe('cleanText', () => {
  test.each([
    ['plain text', 'Hello, world.'],
    ['an empty text', ''],
    ['line feed and tab', 'one\n\ttwo\n'],
    ['accents, composed and combining', 'Zoë Zoe\u0308'],
    ['a no-break space', 'a\u00a0b'],
    ['Arabic and Hebrew', 'سلام שלום'],
    ['a single variation selector', '❤\ufe0f and ☎\ufe0e'],
    ['the selector of a key', '1\ufe0f\u20e3'],
    // https://www.unicode.org/Public/UCD/latest/ucd/StandardizedVariants.txt
    ['a selector of mathematics', '∩\ufe00'],
    ['a selector of Mongolian', 'ᠠ\u180b'],
    ['a non-joiner between letters', persian],
    ['a joiner between a mark and a letter', sinhala],
    ['joiners between emoji', family],
    ['a joiner after a variation selector', heartOnFire],
    ['a joiner after a skin tone', womanInSuitWithSkinTone],
    ['an ellipsis', 'more…'],
  ])('does not change %s', (_, text) => {
    // Act
    const cleaned = cleanText(text);

    // Assess
    expect(cleaned).toBe(text);
  });

  test.each([
    { name: 'controls before tab', first: 0x00, last: 0x08 },
    { name: 'controls after line feed', first: 0x0b, last: 0x1f },
    { name: 'DEL and the C1 controls', first: 0x7f, last: 0x9f },
    { name: 'the Arabic letter mark', first: 0x061c, last: 0x061c },
    { name: 'the Mongolian vowel separator', first: 0x180e, last: 0x180e },
    { name: 'the zero-width space', first: 0x200b, last: 0x200b },
    { name: 'the directional marks', first: 0x200e, last: 0x200f },
    { name: 'the directional embeddings and overrides', first: 0x202a, last: 0x202e },
    { name: 'the word joiner and the invisible operators', first: 0x2060, last: 0x2064 },
    { name: 'the directional isolates', first: 0x2066, last: 0x2069 },
    { name: 'the deprecated format characters', first: 0x206a, last: 0x206f },
    { name: 'the byte order mark', first: 0xfeff, last: 0xfeff },
    { name: 'the interlinear annotations', first: 0xfff9, last: 0xfffb },
    { name: 'the tags', first: 0xe0000, last: 0xe007f },
    { name: 'the selectors above 16', first: 0xe0100, last: 0xe01ef },
  ])('removes $name', ({ first, last }) => {
    // Act
    const left = from(first, last).filter(
      (character) => cleanText(`a${character}b${character}${character}`) !== 'ab',
    );

    // Assess
    expect(left.map(codePoint)).toEqual([]);
  });

  test.each([
    { name: 'the soft hyphen', character: '\u00ad' },
    { name: 'the combining grapheme joiner', character: '\u034f' },
    { name: 'a shorthand format control', character: '\u{1bca0}' },
    { name: 'a musical format control', character: '\u{1d173}' },
  ])('removes $name, which is invisible', ({ character }) => {
    // Act
    const cleaned = cleanText(`a${character}b`);

    // Assess
    expect(cleaned).toBe('ab');
  });

  test.each([
    ['the carriage return of a line end', 'one\r\ntwo', 'one\ntwo'],
    ['a byte order mark at the beginning', '\ufefftext', 'text'],
    ['a joiner at the beginning', '\u200dtext', 'text'],
    ['a joiner at the end', 'text\u200d', 'text'],
    ['a joiner beside a space', 'one\u200d two \u200cthree', 'one two three'],
    ['a joiner beside a digit', '1\u200d2\u200c3', '123'],
    ['two joiners in a row', 'a\u200d\u200db', 'ab'],
    ['a row of different joiners', 'a\u200c\u200d\u200c\u200c\u200db', 'ab'],
    [
      'two joiners that are neighbours after a character between them is removed',
      'a\u200d\u200b\u200db',
      'ab',
    ],
    [
      'a text that is encoded in tag characters',
      `safe${[...'obey'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')}`,
      'safe',
    ],
    ['a text that is encoded in the selectors above 16', `😀${from(0xe0100, 0xe0120).join('')}`, '😀'],
    [
      'a row of selectors that do not belong to the character before them',
      `😀${from(0xfe00, 0xfe0f).join('')}`,
      '😀',
    ],
    ['all selectors in a row except the first', '❤\ufe0f\ufe0e\ufe0f', '❤\ufe0f'],
    ['a selector after a letter', 'a\ufe0fb\ufe01', 'ab'],
    ['a selector of Mongolian after another script', 'a\u180bж\u180d', 'aж'],
    ['a selector of mathematics after an emoji', '😀\ufe00', '😀'],
    [
      'a selector that follows another selector after a character between them is removed',
      '😀\ufe0f\u200b\ufe0e',
      '😀\ufe0f',
    ],
  ])('removes %s', (_, text, expected) => {
    // Act
    const cleaned = cleanText(text);

    // Assess
    expect(cleaned).toBe(expected);
  });

  test.each([
    ['alternating joiners and selectors', `a${'\u200d\ufe0f\u200c\ufe0e'.repeat(8)}`],
    ['selectors between pairs of joiners', `a${'\ufe0f\u200d\u200d\ufe0e\u200c\u200c'.repeat(8)}`],
    ['joiners between pairs of selectors', `a${'\u200d\ufe0f\ufe0e'.repeat(8)}b`],
  ])('removes a text that is encoded in %s', (_, text) => {
    // Act
    const cleaned = cleanText(text);

    // Assess
    expect(cleaned.replace(/[ab]/g, '').length).toBeLessThanOrEqual(1);
  });

  test.each([
    ['a lone high surrogate', 'a\ud83db', 'a\ufffdb'],
    ['a lone low surrogate', 'a\ude00b', 'a\ufffdb'],
  ])('replaces %s', (_, text, expected) => {
    // Act
    const cleaned = cleanText(text);

    // Assess
    expect(cleaned).toBe(expected);
  });
});

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
  ])('returns "$cut" for "$text" if the maximum is $maximum', ({ text, maximum, cut }) => {
    // Act
    const result = cutText(text, maximum);

    // Assess
    expect(result).toBe(cut);
  });

  test('does not split surrogate pairs, and never exceeds the maximum', () => {
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

test('cleaning a text of zero-width joiners takes no more time than cleaning any other text', () => {
  const joiners = '\u200d'.repeat(3_000_000);

  // An algorithm with quadratic time would not end before the test's time-out.
  expect(cutText(`a${joiners}b${'c'.repeat(20)}`, 3_000_010)).toBe(`a${joiners}bccccccc…`);
});
