import { expect, test } from 'vitest';
import { growingUnits } from '../../../test/support/growth.ts';
import { ContentResponse, messageText } from '../shared/message-text.ts';
import { toMrkdwn } from '../shared/outgoing-text.ts';
import { mentionedIn, plainText } from '../shared/plain-text.ts';

type Reader = (text: string) => unknown;

// These functions process text from other people. toMrkdwn is not in this list, because it processes only text to
// send, and the contract limits this text to 40,000 characters.
const READERS: Readonly<Record<string, Reader>> = {
  plainText: (text) => plainText(text, new Map()),
  mentionedIn,
  'messageText of a text': (text) => read({ text }),
  'messageText of a block beside a text': (text) =>
    read({ text: text.slice(1), blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] }),
  'messageText of many parts': (text) =>
    read({
      text,
      blocks: pieces(text, 500).map((piece) => ({ type: 'header', text: piece })),
      attachments: pieces(text, 500).map((piece) => ({ title: piece, text: piece, fallback: piece })),
    }),
  'messageText of attachments in attachments': (text) =>
    read({
      text: text.slice(0, 100),
      attachments: pieces(text, 50).map((piece) => ({
        text: piece,
        attachments: pieces(piece, 20).map((inner) => ({ text: inner, attachments: [{ text: inner }] })),
      })),
    }),
};
const read = (message: object) => messageText(ContentResponse.parse(message));

function pieces(text: string, count: number): string[] {
  const length = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * length, (index + 1) * length));
}

const UNITS = [
  '<<>',
  '<a|',
  '<@U012AB3CD|',
  '<',
  '<@',
  '<!',
  '&',
  '&lt;!',
  '|',
  '[',
  '](',
  '**',
  '**a',
  '~~',
  '`',
  '```',
  'a ',
  '\n',
  ' • ',
  '# a ',
  '\n# a',
  '![a](https://x.example/(',
];
const PAIRS = UNITS.map((one, index) => one + (UNITS[(index * 7 + 3) % UNITS.length] ?? ''));

test.each(Object.entries(READERS))(
  '%s takes at most linear time up to a megabyte',
  (_, reader) => {
    expect(growingUnits(reader, UNITS, 500_000)).toEqual([]);
    expect(growingUnits(reader, PAIRS, 100_000)).toEqual([]);
  },
  60_000,
);

test('toMrkdwn takes at most linear time', () => {
  // A text to send has at most 40,000 characters.
  expect(growingUnits(toMrkdwn, [...UNITS, ...PAIRS], 20_000)).toEqual([]);
});

test('messageText reads a message with very deeply nested JSON', () => {
  const nested = (type: string, key: string) =>
    Array.from({ length: 190 }).reduce<object>((inner) => ({ type, [key]: [inner] }), { type, text: 'x' });

  for (const block of [
    nested('unknown', 'elements'),
    nested('rich_text_section', 'elements'),
    nested('actions', 'elements'),
  ])
    expect(read({ text: 'ok', blocks: [block] })).toMatch(/^ok/);
});
