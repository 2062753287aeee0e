import { expect, test } from 'vitest';
import { cutQuotes } from '../shared/quotes.ts';

test.each([
  ['nothing to cut', 'Hello\n\nsecond paragraph', 'Hello\n\nsecond paragraph'],
  ['a quote at the end', 'Yes.\n\nOn Mon, 1 Jan 2026, Ada wrote:\n> Shall we?\n> Ada', 'Yes.'],
  ['CRLF', 'Yes.\r\n\r\nOn Mon, 1 Jan 2026, Ada wrote:\r\n> Shall we?', 'Yes.'],
  [
    'a sentence over two lines',
    'Yes.\n\nOn Mon, 1 Jan 2026 at 10:00, Ada Okafor\n<ada@x.example> wrote:\n\n> Shall we?',
    'Yes.',
  ],
  ['German', 'Ja.\n\nAm 1. Januar 2026 um 10:00 schrieb Ada <ada@x.example>:\n> Wollen wir?', 'Ja.'],
  ['French', 'Oui.\n\nLe lun. 1 janv. 2026 à 10:00, Ada <ada@x.example> a écrit :\n> On y va ?', 'Oui.'],
  ['answers between the lines', '> One?\nYes.\n> Two?\nNo.', 'Yes.\nNo.'],
  ['a quote first', 'On Monday, Ada wrote:\n> Shall we?\n\nYes.', 'Yes.'],
  ['Outlook', 'Yes.\n\n-----Original Message-----\nFrom: Ada\nShall we?', 'Yes.'],
  [
    'Outlook in the browser',
    'Yes.\n________________________________\nFrom: Ada\nSent: Monday\nShall we?',
    'Yes.',
  ],
  ['Outlook without a rule', 'Yes.\n\nFrom: Ada <ada@x.example>\nSent: Monday\nTo: Grace\nShall we?', 'Yes.'],
  ['a signature', 'Yes.\n-- \nAda Okafor\nHarbor Bikes', 'Yes.'],
  ['a phone', 'Yes.\n\nSent from my iPhone', 'Yes.'],
  ['a signature before the quote', 'Yes.\n--\nAda\n\nOn Monday, Grace wrote:\n> Shall we?', 'Yes.'],
])('%s', (_, text, own) => {
  expect(cutQuotes(text)).toBe(own);
});

test.each([
  ['a sentence like an introduction', 'On Monday Ada wrote: let us go.\nSo we went.'],
  ['a sender in the text', 'From: the harbour\nto the town it is a mile.'],
  [
    'a line of dashes in a long text',
    `--\n${Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n')}`,
  ],
  ['a forwarded mail', 'FYI\n\n---------- Forwarded message ---------\nFrom: Ada\nSubject: Bikes\n\nHello'],
  ['a quote that is all there is', '> Shall we?'],
])('%s is kept', (_, text) => {
  expect(cutQuotes(text)).toBe(text);
});

test('takes no longer for a text made to be slow', () => {
  for (const unit of ['>', 'On ', '-', '_', '\n', 'On a wrote:\n', '\r', 'From: a\n', '-- \n'])
    expect(cutQuotes(unit.repeat(100_000 / unit.length)).length).toBeLessThanOrEqual(100_000);
});
