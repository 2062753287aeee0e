import { describe, expect, test } from 'vitest';
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
  ['UTF-7, declared by its old name', ascii('caf+AOk-'), 'unicode-1-1-utf-7', 'café'],
  // https://www.rfc-editor.org/rfc/rfc1557
  ['Korean with shift sequences', ascii('\x1b$)C\x0e0!\x0f ok'), 'iso-2022-kr', '가 ok'],
  // https://www.rfc-editor.org/rfc/rfc1843
  ['Chinese with tilde escapes', ascii('~{VPND~} ~~'), 'HZ-GB-2312', '中文 ~'],
  // https://www.rfc-editor.org/rfc/rfc1468
  ['Japanese with escapes, declared as UTF-8', ascii('\x1b$B$3$s\x1b(B'), 'utf-8', 'こん'],
  // https://learn.microsoft.com/windows/win32/intl/code-page-identifiers
  ['code page 932', Buffer.from([0x82, 0xb1, 0x82, 0xf1]), 'cp932', 'こん'],
  ['code page 936', Buffer.from([0xc4, 0xe3]), 'cp936', '你'],
  ['code page 949', Buffer.from([0xb0, 0xa1]), 'CP949', '가'],
  ['code page 950', Buffer.from([0xa7, 0x41]), 'ms950', '你'],
  ['code page 1251', Buffer.from([0xef, 0xf0, 0xe8]), 'cp-1251', 'при'],
  // https://www.rfc-editor.org/rfc/rfc2231#section-4
  ['a charset whose parameter contains a language', Buffer.from([0xd0, 0xd2]), 'koi8-r-in-rfc2231', 'пр'],
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
    'UTF-16 that only a byte order mark identifies',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('hi', 'utf16le')]),
    '',
    'hi',
  ],
])('readMessage reads a text in %s', (_, bytes, charset, text) => {
  const contentType =
    charset === 'koi8-r-in-rfc2231'
      ? "text/plain; charset*=us-ascii'en'koi8-r"
      : charset && `text/plain; charset=${charset}`;

  expect(read(bytes, contentType)).toMatchObject({ text, missing: [] });
});

test('readMessage reads a charset parameter in single quotes', () => {
  expect(read(Buffer.from([0xd0, 0xd2]), "text/plain; charset='koi8-r'").text).toBe('пр');
});

test.each<[charset: string, bytes: string, text: string]>([
  // http://josefsson.org/idn.php shows this example in code page 850.
  ['IBM850', 'r\x84ksm\x94rg\x86s', 'räksmörgås'],
  // https://www.iana.org/assignments/character-sets
  ['cp437', '\xda\xc4\xbf 5 \x9b \x81ber', '┌─┐ 5 ¢ über'],
  ['cp852', '\xbe\xa2\x88\x86', 'żółć'],
  ['Cp858', '5 \xd5, \x84', '5 €, ä'],
  // https://github.com/postalsys/postal-mime/issues/94
  ['eucjp', '\xc6\xfc\xcb\xdc', '日本'],
  ['x-iso-2022-jp', '\x1b$B$3$s\x1b(B', 'こん'],
  // https://docs.oracle.com/en/java/javase/21/intl/supported-encodings.html
  ['EUC_KR', '\xb0\xa1', '가'],
  ['ISO8859_2', '\xb1', 'ą'],
  ['x-windows-949', '\xb0\xa1', '가'],
  // https://docs.python.org/3/library/codecs.html#standard-encodings
  ['latin-1', 'caf\xe9', 'café'],
  ['latin9', '5 \xa4', '5 €'],
  // https://github.com/zbateson/mail-mime-parser/pull/17
  ['WE8MSWIN1252', '\x93caf\xe9\x94', '“café”'],
  // https://learn.microsoft.com/windows/win32/intl/code-page-identifiers
  ['cp28592', '\xb1', 'ą'],
  ['windows-28605', '5 \xa4', '5 €'],
  ['dos-866', '\x8f', 'П'],
  // https://lore.kernel.org/all/20040725234641.A30025@electric-eye.fr.zoreil.com/:
  // Mutt writes this name if it does not know the charset.
  ['unknown-8bit', 'Fran\xe7ois', 'François'],
])('readMessage reads a text in the charset %s', (charset, bytes, text) => {
  expect(read(ascii(bytes), `text/plain; charset=${charset}`)).toMatchObject({ text, missing: [] });
});

// Many programs write 8-bit text and declare no charset, or the charset of another language.
describe('readMessage with a missing or wrong charset', () => {
  test.each<[string, string, string]>([
    // https://github.com/roundcube/roundcubemail/issues/8919
    ['Chinese', 'xOO6ww==', '你好'],
    // https://github.com/huacnlee/omamail/pull/207
    ['Russian', 'xO7h8PvpIOTl7fwhIMfg6uDnIO7y7/Dg4uvl7S4=', 'Добрый день! Заказ отправлен.'],
    // https://www.rfc-editor.org/rfc/rfc1489
    ['Russian in KOI8', '5M/C0tnKIMTFztghIPrBy8HaIM/U0NLB18zFzi4=', 'Добрый день! Заказ отправлен.'],
    // https://encoding.spec.whatwg.org/#legacy-multi-byte-chinese-(traditional)-encodings and the next two sections
    [
      'Chinese in Big5',
      't3zEs6fvqOyp+qTRpFWkyKRUwkmhQb3QsXq3x67JpViudaFD',
      '會議改到明天下午三點，請您準時出席。',
    ],
    ['Japanese', 'gqiQophigsmCyILBgsSCqILogtyCt4FC', 'お世話になっております。'],
    ['Korean', 'yLjAx7TCILO7wM8gv8DIxCC8vCC9w8DUtM+02S4=', '회의는 내일 오후 세 시입니다.'],
    [
      'Greek',
      'yuHr5+zd8eEsIOcg8OHx4ePj5evf4SDz4fIg3ffl6SDz9OHr5d8u',
      'Καλημέρα, η παραγγελία σας έχει σταλεί.',
    ],
  ])('reads a text that is clearly %s', (_, base64, text) => {
    const bytes = Buffer.from(base64, 'base64');

    for (const type of ['', 'text/plain; charset=""', 'text/plain; charset=us-ascii'])
      expect(read(bytes, type)).toMatchObject({ text, missing: [] });
  });

  // The alphabets of these languages: https://en.wikipedia.org/wiki/Windows-1250,
  // https://en.wikipedia.org/wiki/Windows-1254 and https://en.wikipedia.org/wiki/Windows-1257
  test.each<[string, string, string]>([
    [
      'Czech',
      'Dobr\xfd den, d\xeckuji. P\xf8\xed\x9at\xed t\xfdden p\xf8ijdu.',
      'Dobrý den, děkuji. Příští týden přijdu.',
    ],
    [
      'Polish',
      'Dzie\xf1 dobry, prosz\xea o przes\xb3anie. \xaf\xf3\xb3\xe6, \xb3\xf3d\x9f',
      'Dzień dobry, proszę o przesłanie. Żółć, łódź',
    ],
    [
      'Polish in ISO 8859-2',
      'Dzie\xf1 dobry, prosz\xea o to, \xb6wietnie, \xbf\xb1da\xe6',
      'Dzień dobry, proszę o to, świetnie, żądać',
    ],
    [
      'Hungarian',
      'K\xf6sz\xf6n\xf6m a levelet, j\xf6v\xf5 h\xe9ten. Gy\xf5z\xf5',
      'Köszönöm a levelet, jövő héten. Győző',
    ],
    [
      'Romanian',
      'Bun\xe3 ziua, v\xe3 mul\xfeumesc. A\xbatept ve\xbati.',
      'Bună ziua, vă mulţumesc. Aştept veşti.',
    ],
    ['Croatian', 'Po\x9atovani, \x8aaljem ra\xe8un, dovi\xf0enja.', 'Poštovani, Šaljem račun, doviđenja.'],
    [
      'Turkish',
      'Sipari\xfeiniz haz\xfdrland\xfd. Te\xfeekk\xfcrler, \xddyi',
      'Siparişiniz hazırlandı. Teşekkürler, İyi',
    ],
    [
      'Lithuanian',
      'A\xe8i\xfb u\xfe lai\xf0k\xe0, \xf0i\xe0j\xe0 savait\xeb',
      'Ačiū už laišką, šiąją savaitė',
    ],
  ])('reads a text in %s', (_, bytes, text) => {
    for (const type of ['', 'text/plain; charset=utf-8'])
      expect(read(ascii(bytes), type)).toMatchObject({ text, missing: [] });
  });

  test.each<[string, string]>([
    // https://github.com/chardet/chardet/issues/294
    ['two Chinese characters', '*file_import {D:/\xc9\xe8\xbc\xc6-1.step}'],
    // https://github.com/nodemailer/mailparser/issues/294
    ['two Chinese characters in Big5', '\xb4\xfa\xb8\xd5'],
    // https://github.com/chardet/chardet/issues/219
    ['a text in Thai', '\xca\xc7\xd1\xca\xb4\xd5\xa4\xc3\xd1\xba'],
  ])('reports a wrong charset if the language is uncertain: %s', (_, bytes) => {
    expect(read(ascii(bytes), '').missing).toEqual([expect.stringContaining('charset')]);
  });

  test('reports no wrong charset if the mail declares a Western charset', () => {
    const ornament = ascii('Ada \xb8\xb7\xb4\xaf\xb7 Okafor');

    expect(read(ornament, 'text/plain; charset=iso-8859-1')).toMatchObject({
      text: 'Ada ¸·´¯· Okafor',
      missing: [],
    });
  });

  test.each([
    'Sch\xf6ne Gr\xfc\xdfe',
    '\xbfD\xf3nde est\xe1 la reuni\xf3n? \xa1Dise\xf1o!',
    '\x97\x97\x97\x97 5 \x80 \x85',
    // These texts are French and English. A foreign name, footnotes or units do not change the language.
    'Tr\xe8s bien, M. \x8aimek. \xc0 bient\xf4t, \xe7a ira, o\xf9 \xeates-vous ?',
    '10 m\xb3 of gravel\xb9, 4 m\xb2 of sand\xb3 at 5 \xb0C\xb9',
    'G\xf3\xf0an daginn, \xfeakka \xfe\xe9r, \xd3\xf0inn',
    'Vi ses p\xe5 l\xf8rdag, S\xf8ren \xc6gidius',
    'N\xe3o h\xe1 reuni\xe3o amanh\xe3, informa\xe7\xf5es a\xed',
    'Perch\xe9 \xe8 gi\xe0 pi\xf9 citt\xe0, cos\xec per\xf2',
  ])('reads words with Latin letters as Western: %j', (bytes) => {
    expect(read(ascii(bytes), '')).toMatchObject({
      text: new TextDecoder('windows-1252').decode(ascii(bytes)),
      missing: [],
    });
  });
});

// https://www.iana.org/assignments/character-sets
test.each(['cp737', 'viscii', 'x-user-defined-2'])(
  'readMessage reports that letters in the unknown charset %s are wrong',
  (charset) => {
    const bytes = Buffer.from([0x81, 0x84]);

    expect(read(bytes, `text/plain; charset=${charset}`).missing).toEqual([
      expect.stringContaining('charset'),
    ]);
    expect(read(ascii('plain'), `text/plain; charset=${charset}`).missing).toEqual([]);
  },
);

// Some programs break a long line of a calendar between two bytes of one letter:
// https://www.rfc-editor.org/rfc/rfc5545#section-3.1
test('readMessage reads a letter whose bytes are on two folded lines of a calendar', () => {
  const calendar = Buffer.concat([
    ascii('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Gr\xc3\r\n \xbcn\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'),
  ]);

  expect(read(calendar, 'text/calendar; charset=utf-8', 'text/calendar').invitation).toMatchObject({
    title: 'Grün',
  });
});
