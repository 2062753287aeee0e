import { decodeDos, standardName } from './charset-names.ts';
import { type Part, partHeadersOf } from './message.ts';
import { isCalendar } from './mime-tree.ts';
import { foreignCharsetOf } from './undeclared-charset.ts';

// Only this many bytes of a body are read. In base64, four characters encode three bytes.
const BODY_BYTES_MAX = 750_000;
const DATA_LENGTH_MAX = (BODY_BYTES_MAX * 4) / 3;
const HEADER_LENGTH_MAX = 2_000;
const META_CHARSET = /<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i;
const FALLBACK_CHARSET = 'windows-1252';
// Some programs declare one of the first two charsets for every text. The other names mean that the program did not
// know the charset.
const UNSURE = /^(?:utf-8|windows-1252|(?:x-)?unknown(?:-8bit)?|8bit|default)$/;
const WIDE = /^(?:utf-?16|ucs-?2)/;
// https://www.rfc-editor.org/rfc/rfc1468 and https://www.rfc-editor.org/rfc/rfc1557
const JAPANESE_SHIFTS = ['\x1b$@', '\x1b$B', '\x1b(B', '\x1b(J', '\x1b(I'];
const KOREAN_START = '\x1b$)C';
const KOREAN_OUT = '\x0e';
const KOREAN_IN = '\x0f';
// https://www.rfc-editor.org/rfc/rfc1843
const CHINESE = /~\{([^~]*)~\}|~(~)|~\n/g;
// https://www.rfc-editor.org/rfc/rfc2152
const UTF7 = /\+([A-Za-z0-9+/]*)-?/g;
const UTF8_MARK = '\ufffd';
// If more than this share of the multi-byte characters is valid, the text is UTF-8 with a few invalid bytes.
const VALID_SHARE_MIN = 0.6;
const LONG_CHARACTER = /[^\0-\x7f\ufffd]/g;

/** Returns whether {@link decodeBody} reads only the beginning of a body, because the body is too long. */
export function isBodyCut({ body }: Part, data: string): boolean {
  return data.length > DATA_LENGTH_MAX || body.size > BODY_BYTES_MAX;
}

/**
 * Returns the text of a body. Valid UTF-8 is always read as UTF-8: Gmail converts most bodies to UTF-8
 * without changing the charset in their header. Any other body is read in the declared charset. If this
 * charset is missing or unlikely, the charset is detected.
 * @param data base64url, as Gmail sends it
 */
export function decodeBody(part: Part, data: string): string {
  const given = Buffer.from(data.slice(0, DATA_LENGTH_MAX), 'base64url');
  const bytes = isCalendar(part) ? unfoldBytes(given) : given;
  const contentType = contentTypeOf(part);
  const text = decodeBytes(bytes, charsetOf(part, bytes)).replace(/\r\n?/g, '\n');
  const isFlowed = parameter(contentType, 'format')?.toLowerCase() === 'flowed';
  return isFlowed ? unfoldFlowed(text, parameter(contentType, 'delsp')?.toLowerCase() === 'yes') : text;
}

/**
 * Returns whether a body contains characters outside ASCII in a charset that {@link decodeBody} cannot find
 * out.
 */
export function hasUnknownCharset(part: Part, data: string): boolean {
  const bytes = Buffer.from(data.slice(0, DATA_LENGTH_MAX), 'base64url');
  return hasNoReading(bytes, charsetOf(part, bytes)) && decodeAs('utf-8', bytes, true) === undefined;
}

function hasNoReading(bytes: Buffer, charset: string | undefined): boolean {
  // If the mail declares windows-1252, unusual characters are probably ornaments, so the charset counts as
  // known.
  if (charset === FALLBACK_CHARSET) return false;
  if (charset === undefined || UNSURE.test(charset))
    return readsAsUtf8(bytes) === undefined && foreignCharsetOf(bytes) === null;
  return decodeAs(charset, Buffer.alloc(0)) === undefined;
}

/** Returns the Content-Type of a part with its parameters, or an empty text if the header is missing. */
export function contentTypeOf(part: Part): string {
  return (partHeadersOf(part, 'Content-Type')[0] ?? '').slice(0, HEADER_LENGTH_MAX);
}

/**
 * Returns the value of a parameter of a Content-Type, or undefined if it is missing. The value may be in quotes, or in
 * the format of https://www.rfc-editor.org/rfc/rfc2231#section-4
 */
export function parameter(contentType: string, name: string): string | undefined {
  const pattern = new RegExp(
    `;\\s{0,99}${name}(?:\\*\\s{0,9}=[\\w-]{0,40}'[\\w-]{0,40}'|\\s{0,9}=\\s{0,9}["']?)([^"';\\s]{1,60})`,
    'i',
  );
  return pattern.exec(contentType)?.[1];
}

/** Returns the name of the charset that a body declares, or undefined if there is no declaration. */
function charsetOf(part: Part, bytes: Buffer): string | undefined {
  const beginning = bytes.subarray(0, HEADER_LENGTH_MAX).toString('latin1');
  const declared =
    parameter(contentTypeOf(part), 'charset') ??
    (part.mimeType === 'text/html' ? META_CHARSET.exec(beginning)?.[1] : undefined);
  return declared === undefined ? undefined : (labelled(declared) ?? standardName(declared.toLowerCase()));
}

/**
 * Converts a label such as `latin1` to the name of its encoding. Returns undefined if the label is unknown:
 * https://encoding.spec.whatwg.org/#names-and-labels
 */
function labelled(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function decodeBytes(bytes: Buffer, charset = FALLBACK_CHARSET): string {
  const marked = markedCharset(bytes);
  if (marked !== undefined) return decodeAs(marked, bytes) ?? '';
  if (WIDE.test(charset) && bytes.includes(0)) return decodeAs(charset, bytes) ?? '';
  if (bytes.every((byte) => byte < 0x80)) return decodeAscii(bytes, charset);
  const utf8 = readsAsUtf8(bytes);
  if (utf8 !== undefined) return utf8;
  const read = UNSURE.test(charset) ? foreignCharsetOf(bytes) : charset;
  return decodeAs(read ?? FALLBACK_CHARSET, bytes) ?? decodeAs(FALLBACK_CHARSET, bytes) ?? '';
}

/** Decodes bytes as UTF-8. Returns undefined if too many bytes are not valid UTF-8. */
function readsAsUtf8(bytes: Buffer): string | undefined {
  const utf8 = decodeAs('utf-8', bytes) ?? '';
  const badCount = utf8.split(UTF8_MARK).length - 1;
  const validCount = utf8.match(LONG_CHARACTER)?.length ?? 0;
  return badCount === 0 || validCount > (validCount + badCount) * VALID_SHARE_MIN ? utf8 : undefined;
}

/**
 * Decodes a body that contains only ASCII bytes. Some charsets write other characters as ASCII bytes between
 * shift sequences.
 */
function decodeAscii(bytes: Buffer, charset: string): string {
  const ascii = bytes.toString('latin1');
  const shifted = JAPANESE_SHIFTS.some((shift) => ascii.includes(shift))
    ? 'iso-2022-jp'
    : SHIFTED.has(charset)
      ? charset
      : undefined;
  return shifted === undefined ? ascii : (decodeAs(shifted, bytes) ?? ascii);
}

/**
 * Returns the charset for a byte order mark at the beginning, or undefined without one:
 * https://encoding.spec.whatwg.org/#bom-sniff
 */
function markedCharset([first, second]: Buffer): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/**
 * Decodes bytes. Returns undefined if the charset is unknown. With `fatal`, also returns undefined if some
 * bytes are not valid in the charset.
 */
function decodeAs(charset: string, bytes: Buffer, fatal = false): string | undefined {
  try {
    const shifted = SHIFTED.get(charset);
    if (shifted) return shifted(bytes.toString('latin1'));
    return decodeDos(charset, bytes) ?? new TextDecoder(charset, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

// Charsets that the JavaScript platform cannot decode.
const SHIFTED: ReadonlyMap<string, (latin: string) => string> = new Map([
  ['iso-2022-kr', decodeKorean],
  [
    'hz',
    (latin: string) =>
      latin.replace(CHINESE, (_, inside: string | undefined, tilde: string | undefined) =>
        inside === undefined ? (tilde ?? '') : new TextDecoder('gbk').decode(withHighBits(inside)),
      ),
  ],
  [
    'utf-7',
    (latin: string) =>
      latin.replace(UTF7, (_, base64: string) =>
        base64 === '' ? '+' : new TextDecoder('utf-16be').decode(evenBytes(Buffer.from(base64, 'base64'))),
      ),
  ],
]);

function decodeKorean(latin: string): string {
  const [first = '', ...others] = latin.replaceAll(KOREAN_START, '').split(KOREAN_OUT);
  const texts = others.map((piece) => {
    const [inside = '', ...rest] = piece.split(KOREAN_IN);
    return new TextDecoder('euc-kr').decode(withHighBits(inside)) + rest.join('');
  });
  return first + texts.join('');
}

function withHighBits(latin: string): Uint8Array {
  return Buffer.from(latin, 'latin1').map((byte) => byte | 0x80);
}

function evenBytes(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - (bytes.length % 2));
}

/**
 * Joins the folded lines of a calendar. This happens before decoding, because some programs fold a line inside a
 * character:
 * https://www.rfc-editor.org/rfc/rfc5545#section-3.1
 */
function unfoldBytes(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\r?\n[ \t]/g, ''), 'latin1');
}

/** Joins lines that the mail program wrapped (`format=flowed`). https://www.rfc-editor.org/rfc/rfc3676 */
function unfoldFlowed(text: string, deletesSpaces: boolean): string {
  const paragraphs: { depth: number; pieces: string[] }[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    const content = line.slice(depth).replace(/^ /, '');
    const isSignature = content === '-- ';
    const last = paragraphs.at(-1);
    const flows = content.endsWith(' ') && !isSignature;
    const piece = flows && deletesSpaces ? content.slice(0, -1) : content;
    if (isOpen && last?.depth === depth && !isSignature) last.pieces.push(piece);
    else paragraphs.push({ depth, pieces: [piece] });
    isOpen = flows;
  }
  return paragraphs
    .map(({ depth, pieces }) => (depth > 0 ? `${'>'.repeat(depth)} ` : '') + pieces.join(''))
    .join('\n');
}
