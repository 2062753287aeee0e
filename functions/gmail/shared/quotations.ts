// Only a quotation of the answered message is cut, and only if that is certain. Everything else is content: forwarded
// messages, answers between quoted lines, quotations of other texts, and blocks of lines such as `From: …`.

// https://en.wikipedia.org/wiki/List_of_email_subject_abbreviations
const REPLY =
  /^(?:re|aw|antw|sv|vs|r|rif|odp|ynt|res|ref|atb|vá|απ|bls|回复|回覆|答复|답장|返信)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]/i;
const PREFIXES =
  /^(?:(?:re|aw|antw|sv|vs|r|rif|odp|ynt|res|ref|atb|vá|απ|bls|回复|回覆|答复|답장|返信|fw|fwd|wg|tr|rv|enc|i|pd|vl|vb|doorst|转发|轉寄|転送)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]\s{0,9}){1,20}/i;
const ATTRIBUTION_VERB =
  /(?:wrote|writes|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev|kirjoitti|napisał\S{0,4}|написал\S{0,4}|пишет|yazdı|写道|のメール)\s{0,3}[:：]?$/i;
const TIME = /\d{1,2}[:.h]\d{2}|\b(?:19|20)\d\d\b/;
const ADDRESS = /\S@\S/;
// Zoho sets its sentence between dashes.
const DASHES_BEFORE = /^-{3,40}\s{1,9}/;
const DASHES_AFTER = /\s{1,9}-{3,40}$/;
const REST_OF_ATTRIBUTION = /^>.{0,60}[:：]\s{0,9}$/;
const WHO = new RegExp(`${ADDRESS.source}|${ATTRIBUTION_VERB.source}`, 'i');
const ATTRIBUTION_LENGTH_MAX = 400;
const ATTRIBUTION_LINES_MAX = 3;
// A field without a value, such as `Cc:`, is one too.
const HEADER_LINE = /^[*_]{0,2}\p{L}[\p{L} .'’-]{0,24}[*_]{0,2}\s?(?::[*_]{0,2}(?:\s{1,9}\S|\s{0,9}$)|：)/u;
const HEADER_LINES_MIN = 3;
const HEADER_LINES_MAX = 10;
const RULE = /^(?:[-_=]{5,100}|[-_=]{3,100}\s?[^-_=\s].{0,100}[-_=]{3,100})$/;
// Above an answered mail; other words between dashes, or before a colon, are those above a forwarded one.
const ORIGINAL_MARK =
  /original|ursprüngliche|d['’]origine|oorspronkelijk|ursprungligt|oprindelig|opprinnelig|alkuperäinen|исходное|původní|pôvodná|orijinal|元の|原始|원본/i;
const FORWARD_MARK = /^(?:-{3,40}\s?.{1,60}-{3,40}|Begin forwarded message:)$/i;
const ANSWERS_WITHIN =
  /\b(?:in-?line|in line|see below|below in|my (?:answers|comments)|in (?:red|blue|green|bold)|zwischen|siehe unten|weiter unten|ci-dessous|en rouge|en rojo|más abajo|in rosso|zie onder)\b/i;
const SIGNATURE = '-- ';
const SIGNATURE_LINES_MAX = 15;
// The share of a quoted line's words that the answered message must contain. Mail programs change a few words.
const KNOWN_SHARE_MIN = 0.7;

/** The facts about a message that help to find the quotation in it. */
export interface MailContext {
  subject: string;
  /** True if its headers name a message that it answers. */
  hasParent: boolean;
  /** True if its quotation may contain answers, for example in another colour. */
  mayHaveAnswers?: boolean;
  /** Returns the words of the message that it answers, or undefined if that is not loaded. */
  parentWords(): ReadonlySet<string> | undefined;
}

/** Returns the words of a text in lower case, without web addresses. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/https?:\/\/[^\s<>]{1,2000}/g, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * Cuts the quotation of the answered message, and the signature.
 * @param signature the line by which a signature below a quotation begins
 */
export function withoutQuotation(
  text: string,
  mail: MailContext,
  signature = SIGNATURE,
): { text: string; isCut: boolean } {
  const lines = withWholeAttributions(text.split('\n'));
  const isReply = mail.hasParent && REPLY.test(mail.subject.trim());
  const quoteStart = isReply
    ? (quotationStart(withoutLastSignature(lines, signature), mail) ??
      headerBlockStart(lines, mail) ??
      unmarkedStart(lines, mail))
    : undefined;
  const own = quoteStart === undefined ? lines : lines.slice(0, quoteStart);
  const signatureStart = signatureOf(own);
  const kept = own.slice(0, signatureStart).join('\n').trim();
  const isCut = kept !== '' && (quoteStart !== undefined || signatureStart !== undefined);
  return isCut ? { text: kept, isCut } : { text, isCut: false };
}

/** Gmail breaks long lines also within an address, so that the rest of it looks quoted. */
function withWholeAttributions(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1)?.slice(-ATTRIBUTION_LENGTH_MAX) ?? '';
    if (
      last.lastIndexOf('<') > last.lastIndexOf('>') &&
      !last.startsWith('>') &&
      REST_OF_ATTRIBUTION.test(line)
    )
      whole.push(`${whole.pop()}${line}`);
    else whole.push(line);
  }
  return whole;
}

/** Cuts the signature that Gmail writes below the quotation. */
function withoutLastSignature(lines: readonly string[], signature: string): readonly string[] {
  const start = lines.lastIndexOf(signature);
  const isShort = start > 0 && lines.length - start <= SIGNATURE_LINES_MAX + 1;
  const before = isShort ? lines.slice(0, start).findLast((line) => line.trim() !== '') : undefined;
  return before?.startsWith('>') ? lines.slice(0, start) : lines;
}

/** Returns the line where the quotation at the end begins, including the sentence that introduces it. */
function quotationStart(lines: readonly string[], mail: MailContext): number | undefined {
  const lastOwn = lines.findLastIndex((line) => line.trim() !== '' && !line.startsWith('>'));
  const first = lines.findIndex((line, index) => index > lastOwn && line.startsWith('>'));
  if (first < 0) return undefined;
  const quoted = lines.slice(first).map((line) => line.replace(/^[> ]+/, ''));
  const before = lines.slice(0, lastOwn + 1);
  const length = introductionLength(before);
  if (length > 0) {
    const ownEnd = endBeforeRule(before, before.length - length);
    return ownEnd !== undefined && isCertain(before.slice(0, ownEnd), quoted, mail) ? ownEnd : undefined;
  }
  // Apple Mail has the sentence within the quotation, Hotmail had a block of headers.
  const inside = quoted.filter((line) => line.trim() !== '').slice(0, HEADER_LINES_MAX);
  const within = inside
    .slice(0, ATTRIBUTION_LINES_MAX)
    .findIndex((_, index) => isAttribution(inside.slice(0, index + 1)));
  const block = headersAt(inside, 0);
  const lastLine = inside[within >= 0 ? within : isHeaderBlock(block, mail) ? block.length - 1 : -1];
  const ownEnd = endBeforeRule(before, before.length);
  if (lastLine === undefined || ownEnd === undefined) return undefined;
  return isCertain(before, quoted.slice(quoted.indexOf(lastLine) + 1), mail) ? ownEnd : undefined;
}

/** Some programs do not mark quoted lines. Then only the text of the answered mail shows where the quotation begins. */
function unmarkedStart(lines: readonly string[], mail: MailContext): number | undefined {
  if (mail.parentWords() === undefined) return undefined;
  const last = lines.findIndex((line) => TIME.test(line) && ADDRESS.test(line) && isAttribution([line]));
  const ownEnd = last < 0 ? undefined : endBeforeRule(lines, last);
  return ownEnd !== undefined && isCertain(lines.slice(0, ownEnd), lines.slice(last + 1), mail)
    ? ownEnd
    : undefined;
}

/** Returns how many of the last lines introduce a quotation, or 0. */
function introductionLength(before: readonly string[]): number {
  const lengths = [1, 2, 3].filter(
    (length) => length <= before.length && isAttribution(before.slice(-length)),
  );
  // A sentence over several lines may end in one that would be enough.
  const isWhole = (length: number, ...needed: readonly RegExp[]) =>
    needed.every((pattern) => pattern.test(before.slice(-length).join(' ').trim()));
  return (
    lengths.find((length) => isWhole(length, TIME, WHO)) ??
    lengths.find((length) => isWhole(length, TIME)) ??
    lengths[0] ??
    0
  );
}

/** Returns whether lines introduce a quotation: they end in a colon, and have an address, a time or a known verb. */
function isAttribution(lines: readonly string[]): boolean {
  if (lines.some((line) => line.trim() === '')) return false;
  const whole = lines.join(' ').trim();
  if (whole.length > ATTRIBUTION_LENGTH_MAX) return false;
  const sentence = whole.replace(DASHES_BEFORE, '').replace(DASHES_AFTER, '');
  if (DASHES_BEFORE.test(whole) && DASHES_AFTER.test(whole))
    return ATTRIBUTION_VERB.test(sentence) && TIME.test(sentence);
  if (!/[:：]$/.test(sentence)) return false;
  return ATTRIBUTION_VERB.test(sentence) || TIME.test(sentence) || ADDRESS.test(sentence);
}

/** Returns the line where a copy of the answered message begins. Outlook puts a block of headers in the user's language above it. */
function headerBlockStart(lines: readonly string[], mail: MailContext): number | undefined {
  let start = 0;
  while (start < lines.length) {
    const block = headersAt(lines, start);
    if (isHeaderBlock(block, mail)) {
      const ownEnd = endBeforeRule(lines, start);
      return ownEnd !== undefined &&
        isCertain(lines.slice(0, ownEnd), lines.slice(start + block.length), mail)
        ? ownEnd
        : undefined;
    }
    // A line without a value may stand above a block.
    start += block[0] === '' ? 1 : Math.max(block.length, 1);
  }
  return undefined;
}

/** Returns the values of the lines that look like the headers of an e-mail, beginning at `start`. */
function headersAt(lines: readonly string[], start: number): string[] {
  const values: string[] = [];
  while (values.length < HEADER_LINES_MAX) {
    const line = lines[start + values.length]?.slice(0, ATTRIBUTION_LENGTH_MAX) ?? '';
    if (!HEADER_LINE.test(line)) break;
    values.push(line.slice(line.search(/[:：]/) + 1).replace(/^[*_\s]+/, ''));
  }
  return values;
}

/** True if the values are the headers of the answered message. */
function isHeaderBlock(values: readonly string[], mail: MailContext): boolean {
  if (values.length < HEADER_LINES_MIN || values[0] === '') return false;
  const subject = bareSubject(mail.subject);
  if (subject !== '' && values.some((value) => bareSubject(value) === subject)) return true;
  // Windows Mail leaves the subject out.
  return (
    mail.parentWords() !== undefined &&
    [ADDRESS, TIME].every((needed) => values.some((value) => needed.test(value)))
  );
}

/** Returns where the text before a quotation ends, without a separating line. Returns undefined if that line marks a forward. */
function endBeforeRule(lines: readonly string[], start: number): number | undefined {
  for (let index = start - 1; index >= Math.max(0, start - 3); index -= 1) {
    const line = (lines[index] ?? '').trim();
    if (line === '') continue;
    const mark = line.slice(0, ATTRIBUTION_LENGTH_MAX);
    if (/[:：]$/.test(mark)) return undefined;
    if (!RULE.test(mark)) break;
    return !/\p{L}/u.test(mark) || ORIGINAL_MARK.test(mark) ? index : undefined;
  }
  return start;
}

function bareSubject(subject: string): string {
  return subject
    .slice(0, ATTRIBUTION_LENGTH_MAX)
    .trim()
    .replace(PREFIXES, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Returns whether the quoted lines are certainly the answered message, and nothing else. */
function isCertain(own: readonly string[], quoted: readonly string[], mail: MailContext): boolean {
  const ownText = own.join('\n').trim();
  if (ownText === '' || ANSWERS_WITHIN.test(ownText)) return false;
  const parentWords = mail.parentWords();
  if (parentWords === undefined) return !mail.mayHaveAnswers;
  return quoted.every((line) => isKnown(line, parentWords));
}

function isKnown(line: string, parentWords: ReadonlySet<string>): boolean {
  if (/^[> ]*\[(?:image|cid):/.test(line)) return true;
  const words = wordsOf(line);
  const known = words.filter((word) => parentWords.has(word)).length;
  return known >= words.length * KNOWN_SHARE_MIN;
}

/** Returns the line of two dashes and a space where a signature begins. https://www.rfc-editor.org/rfc/rfc3676#section-4.3 */
function signatureOf(lines: readonly string[]): number | undefined {
  const start = lines.lastIndexOf(SIGNATURE);
  if (start < 0 || lines.slice(start).length > SIGNATURE_LINES_MAX + 1) return undefined;
  // It may be the signature of a forwarded message.
  return lines.slice(0, start).some((line) => FORWARD_MARK.test(line.slice(0, 200).trim()))
    ? undefined
    : start;
}
