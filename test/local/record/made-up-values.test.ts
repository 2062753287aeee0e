import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { MadeUpValues } from '../../../local/record/made-up-values.ts';
import { shapeAnswer, shapeJson } from '../../../local/record/shape-exchange.ts';
import { sourceWordsOf } from '../../../local/record/source-words.ts';
import type { Json } from '../../../local/testing/fixture-schema.ts';

const SOURCE = `
// Words in comments and in prose are ignored.
import { thing } from './thing.ts';
const Thing = z.object({ id: id(), state: z.enum(['open', 'CLOSED']), user: z.string(), page: z.string() });
export const tool = defineTool({
  description: 'Gives a thing to sales@example.com.',
  examples: [
    { input: {}, output: { state: 'sleeping' } },
  ],
  run: async ({ thing_id }) => api.get(path\`/v1/things.list/\${thing_id}/notes\`),
});
`;
const words = sourceWordsOf(SOURCE);
const shape = (value: Json) => shapeJson(value, new MadeUpValues(words));

test.each([
  ['', ''],
  ['2026-11-22', '1991-11-13'],
  ['2026-11-22T09:00:00Z', '1991-11-13T11:11:11Z'],
  ['2026-11-22T09:00:00.000+0000', '1991-11-13T11:11:11.111+0100'],
  ['2026-11-22T09:00:00.25+02:00', '1991-11-13T11:11:11.11+01:00'],
  ['Fri, 20 Nov 2026 08:05:00 +0000', 'Wed, 13 Nov 1991 11:11:11 GMT'],
  ['f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'aaaaaaac-aaaa-4aaa-8aaa-aaaaaaaaaaac'],
  ['18c2f7a9d0e1b234', 'aaaaaaaaaaaaaaac'],
  ['8812', '1113'],
  ['1795161900.000100', '1111111113.111113'],
  ['C024BE91L', 'CAAAAAAAC'],
  ['005HB0000000001YAA', '005AAAAAAAAAAAAAAC'],
  ['ANe1Bmada1', 'aaaaaaaaac'],
  ['marta@tidewheel.example', 'aaaaac@example.com'],
  ['Marta Ruiz <marta@tidewheel.example>', 'Aaaac Aaac <aaaaac@example.com>'],
  ['marta@tidewheel.example, jo@ferry.example', 'aaaaac@example.com, aaaaae@example.com'],
  ['https://tidewheel.example/notes/8812?page=2#top', 'https://example.com/notes/1113?page=3'],
  ['/services/v68.0/notes/01gD0000002HU6KIAW-2000', '/aaaaaaac/aac.3/notes/01gaaaaaaaaaaaaaac-1113'],
  ['mailto:leave@list.example?subject=Marta', 'mailto:aaaaac@example.com'],
  ['<https://x.example/?page=2>; rel="next"', '<https://example.com/?page=3>; rel="next"'],
  ['open', 'open'],
  ['closed', 'CLOSED'],
  ['sleeping', 'aaaaaaac'],
  ['nothing', 'aaaaaac'],
  ['harbor-bikes/fleet', 'aaaaac-aaaac/aaaae'],
  ['Marta----Ruiz', 'Aaaac-Aaac'],
  ['/-/:Marta', '/Aaaac'],
  ['Marta Ruiz', 'Aaaac Aaac'],
  ['Дмитрий', 'Aaaaaac'],
  ['<p>Dear Marta, here it is.</p>', '<p>aaaac yucca mosaic suma</p>'],
  ['Two wheels for Marta, please.', 'aaaac yucca mosaic sumac coco'],
] as const)('the text %j becomes %j', (given, madeUp) => {
  expect(shape(given)).toBe(madeUp);
});

test('Base64 text becomes other Base64 text', () => {
  const given = Buffer.from('Dear Marta, the 40 wheelsets come on Monday.\n').toString('base64url');

  const madeUp = z.string().parse(shape(given));

  expect(madeUp).toHaveLength(given.length);
  expect(Buffer.from(madeUp, 'base64url').toString()).toMatch(/^aaaac yucca mosaic sumac/);
});

test.each([
  [0, 0],
  [7, 3],
  [-42, -13],
  [2.75, 3.13],
  [1_795_161_900, 1_111_111_113],
  [null, null],
  [true, true],
  [false, false],
])('the number %j becomes %j', (given, madeUp) => {
  expect(shape(given)).toBe(madeUp);
});

test('equal values become equal made-up values, even as numbers, inside longer texts or in upper case', () => {
  const ids = ['Zx81k', 'https://x.example/notes/Zx81k', 'Marta Ruiz', 'marta', 88_120, '88120', 'Zx81m'];
  const values = new MadeUpValues(words);

  expect(ids.map((id) => shapeJson(id, values))).toEqual([
    'aaaac',
    'https://example.com/notes/aaaac',
    'Aaaac Aaac',
    'aaaac',
    11_113,
    '11113',
    'aaaae',
  ]);
});

test('keys in our source stay unchanged, and up to two other keys of an object get made-up names', () => {
  const given = { user: 'Marta', 'marta@tidewheel.example': { id: 1 }, U024BE7LH: { id: 2 }, U024BE7LX: {} };

  expect(shape(given)).toEqual({ user: 'Aaaac', 'aaaaac@example.com': { id: 3 }, UAAAAAAAC: { id: 5 } });
});

test('a list is cut to the two items with the most constants of our source, or to the first two items', () => {
  expect(shape([111, 222, 333])).toEqual([113, 115]);
  expect(shape(['Marta', 'open', 'Ruiz', 'closed'])).toEqual(['open', 'CLOSED']);
});

test('a response keeps its status and its kind of body, and gets known headers with made-up values', () => {
  const headers = {
    'retry-after': '30',
    'x-ratelimit-remaining': '0',
    'set-cookie': 'a=1',
    'content-type': 'a/b',
  };

  const shaped = shapeAnswer(
    { status: 429, headers, body: { text: 'Slow down, Marta' } },
    new MadeUpValues(words),
  );

  expect(shaped).toEqual({
    status: 429,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'retry-after': '13',
      'x-ratelimit-remaining': '0',
    },
    body: { text: 'aaaac yucca mosa' },
  });
});

// The original values contain only even digits and every second letter. Invented values contain none of these
// characters.
const run = (characters: string, minLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength: minLength + 24 });
const digits = run('2468', 1);
const letters = run('bdfhjlnprtvxz', 2);
const two = (least: number, most: number) =>
  fc
    .integer({ min: least, max: most })
    .filter((number) => /^[02468]+$/.test(String(number).padStart(2, '0')))
    .map((number) => String(number).padStart(2, '0'));
const time = fc.tuple(two(2, 8), two(2, 28), two(0, 22), two(0, 48), two(2, 48));
function treeWith(capitals: string) {
  const given = fc.oneof(
    digits,
    letters,
    run(capitals, 2),
    run('2468bdf', 8),
    run(`${capitals}2468`, 9),
    run(`${capitals}bdfhjlnprtvxz2468`, 4),
    run(`${capitals}bdfhjlnprtvxz2468-_`, 41),
    time.map(([month, day, hour, minute, second]) => `2024-${month}-${day}T${hour}:${minute}:${second}Z`),
    time.map(([month, day]) => `2024-${month}-${day}`),
    fc.tuple(letters, letters).map(([name, host]) => `${name}@${host}.tv`),
    fc
      .tuple(letters, letters, digits)
      .map(([host, path, id]) => `https://${host}.tv/${path}/${id}?${path}=${id}`),
    fc.tuple(letters, letters).map(([first, last]) => `${first} ${last}`),
    fc.array(letters, { minLength: 4, maxLength: 30 }).map((text) => `${text.join(' ')}.`),
    letters.map((text) => `<b>${text}</b><br>${text} ${text}`),
    run('bd-._/:,=?& ', 6),
    run('БДЖЗ、語 !?*()[]"\\\n', 1),
  );
  return fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      given,
      digits.map((text) => Number(text.slice(0, 12))),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom('id', 'user', 'state'), given), tie('json'), { maxKeys: 6 }),
    ),
  })).json;
}

/** The recorder also writes these texts, in addition to invented characters. */
const WRITTEN = ['https://example.com', '@example.com', 'user', 'state', '-4aaa-8aaa-', '</p>'];

describe('the made-up copy of any value', () => {
  test('contains no four consecutive characters of the value', () => {
    fc.assert(
      fc.property(treeWith('BDFHJLNPRTVXZ'), (value) => {
        let kept = JSON.stringify(shape(value));
        for (const text of WRITTEN) kept = kept.replaceAll(text, ' ');
        for (const leaf of leavesOf(value))
          for (let at = 0; at + 4 <= leaf.length; at += 1) {
            const four = leaf.slice(at, at + 4);
            if (WRITTEN.some((text) => text.includes(four))) continue;
            expect(kept).not.toContain(JSON.stringify(four).slice(1, -1));
          }
      }),
      { numRuns: 1_000 },
    );
  });

  test('equals the made-up copy of any other value with the same format', () => {
    // The letters that are replaced do not occur as capitals, because the recorder treats values that differ only in
    // case as equal.
    fc.assert(
      fc.property(treeWith('HPRTV'), (value) => {
        expect(shape(withOtherLetters(value))).toEqual(shape(value));
      }),
      { numRuns: 500 },
    );
  });
});

const OTHER_LETTERS: Readonly<Record<string, string>> = {
  b: 'd',
  d: 'f',
  f: 'b',
  j: 'l',
  l: 'n',
  n: 'x',
  x: 'z',
  z: 'j',
};
const exchanged = (text: string) =>
  text.replaceAll(/[bdfjlnxz]/g, (letter) => OTHER_LETTERS[letter] ?? letter);

function withOtherLetters(value: Json): Json {
  if (typeof value === 'string') return exchanged(value);
  if (Array.isArray(value)) return value.map(withOtherLetters);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => [
    words.names.has(key) ? key : exchanged(key),
    withOtherLetters(child),
  ]);
  return Object.fromEntries(entries);
}

/** Returns all strings, numbers and keys of a value. */
function leavesOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, child]) => [key, ...leavesOf(child)]);
  return [String(value)];
}
