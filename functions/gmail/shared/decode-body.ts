import { type Part, partHeadersOf } from './message.ts';

// The rest of a longer body is not read. In base64, four characters hold three bytes.
const BODY_BYTES_MAX = 750_000;
const DATA_LENGTH_MAX = (BODY_BYTES_MAX * 4) / 3;
const HEADER_LENGTH_MAX = 2_000;
// In these charsets, bytes that are valid UTF-8 have another meaning.
const OTHER_THAN_ASCII = /^(?:iso-2022-|hz-gb|utf-?16|ucs-?2)/i;
// The bytes that only these charsets use: an escape, a tilde, and a zero byte.
const SHIFTS = [0x1b, 0x7e, 0];
const META_CHARSET = /<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i;
const FALLBACK_CHARSET = 'windows-1252';

/** Returns whether a body is too long for {@link decodeBody} to read all of it. */
export function isBodyCut({ body }: Part, data: string): boolean {
  return data.length > DATA_LENGTH_MAX || body.size > BODY_BYTES_MAX;
}

/**
 * Returns the text of a body. Valid UTF-8 is read as UTF-8, because Gmail converts most bodies and leaves the old charset in
 * the header. Any other body is read in the declared charset.
 * @param data base64url, as Gmail sends it
 */
export function decodeBody(part: Part, data: string): string {
  const bytes = Buffer.from(data.slice(0, DATA_LENGTH_MAX), 'base64url');
  const contentType = (partHeadersOf(part, 'Content-Type')[0] ?? '').slice(0, HEADER_LENGTH_MAX);
  const text = decodeBytes(bytes, parameter(contentType, 'charset'), part.mimeType).replace(/\r\n?/g, '\n');
  const isFlowed = parameter(contentType, 'format')?.toLowerCase() === 'flowed';
  return isFlowed ? unfoldFlowed(text, parameter(contentType, 'delsp')?.toLowerCase() === 'yes') : text;
}

function parameter(contentType: string, name: string): string | undefined {
  return new RegExp(`;\\s{0,99}${name}\\s{0,9}=\\s{0,9}"?([^";\\s]{1,60})`, 'i').exec(contentType)?.[1];
}

function decodeBytes(bytes: Buffer, declared: string | undefined, mimeType: string): string {
  const beginning = bytes.subarray(0, HEADER_LENGTH_MAX).toString('latin1');
  const charset = declared ?? (mimeType === 'text/html' ? META_CHARSET.exec(beginning)?.[1] : undefined);
  const isOther = OTHER_THAN_ASCII.test(charset ?? '') && SHIFTS.some((byte) => bytes.includes(byte));
  if (!isOther) {
    const utf8 = decodeAs('utf-8', bytes, true);
    if (utf8 !== undefined) return utf8;
  }
  return decodeAs(charset ?? FALLBACK_CHARSET, bytes) ?? decodeAs(FALLBACK_CHARSET, bytes) ?? '';
}

/** Returns undefined for an unknown charset and, if `fatal`, for bytes that are not valid in it. */
function decodeAs(charset: string, bytes: Buffer, fatal = false): string | undefined {
  try {
    return new TextDecoder(charset, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Joins the lines that a mail program broke. https://www.rfc-editor.org/rfc/rfc3676 */
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
