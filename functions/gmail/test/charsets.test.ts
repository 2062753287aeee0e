import { expect, test } from 'vitest';
import { readMessage } from '../shared/message-text.ts';
import { message, part } from './mail-parts.ts';

function read(bytes: Buffer, contentType: string, mimeType = 'text/plain') {
  const headers = contentType ? { 'Content-Type': contentType } : {};
  return readMessage(message(part(mimeType, bytes, headers)), new Map(), null);
}
const ascii = (text: string) => Buffer.from(text, 'latin1');

test.each<[string, Buffer, string, string]>([
  // https://www.rfc-editor.org/rfc/rfc2152
  ['UTF-7', ascii('Gr+APwA3w-e +ZeVnLIqe-, 1 +- 1'), 'utf-7', 'Grüße 日本語, 1 + 1'],
  ['UTF-7 by its old name', ascii('caf+AOk-'), 'unicode-1-1-utf-7', 'café'],
  // https://www.rfc-editor.org/rfc/rfc1557
  ['Korean with shifts', ascii('\x1b$)C\x0e0!\x0f ok'), 'iso-2022-kr', '가 ok'],
  // https://www.rfc-editor.org/rfc/rfc1843
  ['Chinese with tildes', ascii('~{VPND~} ~~'), 'HZ-GB-2312', '中文 ~'],
  // https://www.rfc-editor.org/rfc/rfc1468
  ['Japanese with escapes, declared as UTF-8', ascii('\x1b$B$3$s\x1b(B'), 'utf-8', 'こん'],
  // https://learn.microsoft.com/windows/win32/intl/code-page-identifiers
  ['code page 932', Buffer.from([0x82, 0xb1, 0x82, 0xf1]), 'cp932', 'こん'],
  ['code page 936', Buffer.from([0xc4, 0xe3]), 'cp936', '你'],
  ['code page 949', Buffer.from([0xb0, 0xa1]), 'CP949', '가'],
  ['code page 950', Buffer.from([0xa7, 0x41]), 'ms950', '你'],
  ['code page 1251', Buffer.from([0xef, 0xf0, 0xe8]), 'cp-1251', 'при'],
  // https://www.rfc-editor.org/rfc/rfc2231#section-4
  ['a parameter with a language', Buffer.from([0xd0, 0xd2]), 'koi8-r-in-rfc2231', 'пр'],
  ['Latin-1, declared as UTF-8', ascii('caf\xe9 \x96 ok'), 'utf-8', 'café – ok'],
  ['Latin-1, declared as ASCII', ascii('caf\xe9'), 'us-ascii', 'café'],
  [
    'UTF-8 with a bad byte, declared as Latin-1',
    Buffer.concat([Buffer.from('Grüße '), Buffer.from([0xff]), Buffer.from(' für')]),
    'iso-8859-1',
    'Grüße \ufffd für',
  ],
  [
    'UTF-8 that was cut within a letter, declared as Latin-1',
    Buffer.concat([Buffer.from('Grüße, Ärzte'), Buffer.from([0xc3])]),
    'iso-8859-1',
    'Grüße, Ärzte\ufffd',
  ],
  // https://encoding.spec.whatwg.org/#bom-sniff
  [
    'UTF-16 by its first bytes',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('hi', 'utf16le')]),
    '',
    'hi',
  ],
])('reads %s', (_, bytes, charset, text) => {
  const contentType =
    charset === 'koi8-r-in-rfc2231'
      ? "text/plain; charset*=us-ascii'en'koi8-r"
      : charset && `text/plain; charset=${charset}`;

  expect(read(bytes, contentType)).toMatchObject({ text, missing: [] });
});

test('reads a parameter in single quotes', () => {
  expect(read(Buffer.from([0xd0, 0xd2]), "text/plain; charset='koi8-r'").text).toBe('пр');
});

// https://www.iana.org/assignments/character-sets
test.each(['cp850', 'ibm437', 'x-user-defined-2'])(
  'reports that letters in the unknown charset %s are wrong',
  (charset) => {
    const bytes = Buffer.from([0x81, 0x84]);

    expect(read(bytes, `text/plain; charset=${charset}`).missing).toEqual([
      expect.stringContaining('charset'),
    ]);
    expect(read(ascii('plain'), `text/plain; charset=${charset}`).missing).toEqual([]);
  },
);

// Some programs fold a line of a calendar inside a letter: https://www.rfc-editor.org/rfc/rfc5545#section-3.1
test('reads a letter whose bytes are on two folded lines', () => {
  const calendar = Buffer.concat([
    ascii('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Gr\xc3\r\n \xbcn\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'),
  ]);

  expect(read(calendar, 'text/calendar; charset=utf-8', 'text/calendar').invitation).toMatchObject({
    title: 'Grün',
  });
});
