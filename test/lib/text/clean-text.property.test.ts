import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../lib/text/clean-text.ts';
import { codePointsOf, INVISIBLE_RANGES, isInvisible } from '../../support/invisible.ts';

// One of these characters may stay in a text if it changes how its neighbours look.
const JOINERS = new Set([0x200c, 0x200d]);
const isSelector = (code: number) =>
  (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0x180b && code <= 0x180d) || code === 0x180f;

const isShaping = (code: number) => JOINERS.has(code) || isSelector(code);

const removed = fc
  .constantFrom(...INVISIBLE_RANGES)
  .chain(([min, max]) => fc.integer({ min, max }))
  .map((code) => String.fromCodePoint(code));
const shaping = fc.constantFrom('\u200c', '\u200d', '\ufe0e', '\ufe0f', '\u180b', '\u180f');
const visible = fc.constantFrom(
  'a',
  'é',
  '1',
  ' ',
  '\n',
  '❤',
  '👩',
  '🏽',
  '🔥',
  '㋐',
  'ශ',
  '්',
  '\u0308',
  '…',
  '©',
);
const anyCode = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.oneof(
  fc.string({ unit: fc.oneof(removed, shaping, visible), maxLength: 30 }),
  fc.string({ unit: fc.oneof(shaping, visible), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({ unit: 'grapheme', maxLength: 50 }),
  fc.string({ unit: anyCode, maxLength: 50 }),
);
const runs = { numRuns: 20_000 };

describe('a cleaned text', () => {
  test('does not change if it is cleaned a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      runs,
    );
  });

  test('has no invisible characters except characters that change the look of their neighbours', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const codes = codePointsOf(cleanText(text));
        expect(codes.filter(isInvisible)).toEqual([]);
        // One selector may stand before one joiner. A longer row of such characters could hide a text.
        const next = (index: number) => codes.slice(index, index + 2).map((code) => JOINERS.has(code));
        const pairs = codes.map(
          (code, index) => isShaping(code) && isShaping(codes[index + 1] ?? 0) && next(index),
        );
        expect(pairs.filter((pair) => pair && !(pair[0] === false && pair[1] === true))).toEqual([]);
        expect(isShaping(codes[0] ?? 0)).toBe(false);
        expect(JOINERS.has(codes.at(-1) ?? 0)).toBe(false);
      }),
      runs,
    );
  });

  test('contains all visible characters in the same order', () => {
    const seen = (text: string) =>
      String.fromCodePoint(
        ...codePointsOf(text.toWellFormed()).filter((code) => !isInvisible(code) && !isShaping(code)),
      );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(seen(cleanText(text))).toBe(seen(text));
      }),
      runs,
    );
  });

  test('has no invisible characters in any place, even if they are repeated', () => {
    fc.assert(
      fc.property(
        visible,
        removed,
        visible,
        fc.integer({ min: 1, max: 5_000 }),
        (before, hidden, after, times) => {
          const kept = hidden.isWellFormed() ? '' : '\ufffd'.repeat(times);
          expect(cleanText(before + hidden.repeat(times) + after)).toBe(before + kept + after);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('an ordinary text', () => {
  const flags = ['🇩🇪', '🇫🇷'];
  const emoji = ['👩‍👩‍👧', '❤️‍🔥', '👩🏽‍💼', '🏳️‍🌈', '☎︎', '1️⃣', '👁️‍🗨️', '🧑🏿‍🚀', '©️'];
  const words = [
    'Zoë',
    'Zoe\u0308',
    'سلام',
    'می\u200cخواهم',
    'ශ්\u200dරී',
    'क्\u200dष',
    '中文',
    'שלום',
    'straße',
    '𝒳',
  ];
  const spaces = [' ', '\n', '\t', '\u00a0', '\u3000', '\n\n'];
  const piece = fc.constantFrom(...flags, ...emoji, ...words, ...spaces, '.', '…', '%', '<b>', '\\', '"');

  test('stays unchanged', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(cleanText(pieces.join(''))).toBe(pieces.join(''));
      }),
      { numRuns: 5_000 },
    );
  });
});
