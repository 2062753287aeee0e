// Only a quotation of the answered message is cut, and only if that is certain. Everything else is content: forwarded
// messages, answers between quoted lines, quotations of other texts, and blocks of lines such as `From: …`.

// https://en.wikipedia.org/wiki/List_of_email_subject_abbreviations
const REPLY =
  /^(?:re|aw|antw|sv|vs|r|rif|odp|ynt|res|ref|atb|vá|απ|bls|回复|回覆|答复|답장|返信)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]/i;
const PREFIXES =
  /^(?:(?:re|aw|antw|sv|vs|r|rif|odp|ynt|res|ref|atb|vá|απ|bls|回复|回覆|答复|답장|返信|fw|fwd|wg|tr|rv|enc|i|pd|vl|vb|doorst|转发|轉寄|転送)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]\s{0,9}){1,20}/i;
const ATTRIBUTION_VERB =
  /(?:wrote|writes|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev|kirjoitti|napisał\S{0,4}|написал\S{0,4}|пишет|yazdı|写道|のメール)\s{0,3}[:：]$/i;
const TIME = /\d{1,2}[:.h]\d{2}|\b(?:19|20)\d\d\b/;
const ADDRESS = /\S@\S/;
const ATTRIBUTION_LENGTH_MAX = 400;
const ATTRIBUTION_LINES_MAX = 3;
const HEADER_LINE = /^[*_]{0,2}\p{L}[\p{L} .'’-]{0,24}[*_]{0,2}\s?(?::[*_]{0,2}\s{1,9}|：\s{0,9})\S/u;
const HEADER_LINES_MIN = 3;
const HEADER_LINES_MAX = 10;
const RULE = /^[-_=]{5,100}(?:[^-_=]{1,60}[-_=]{3,100})?$/;
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
  /** Whether its headers name a message that it answers. */
  hasParent: boolean;
  /** Whether its quotation may contain answers, for example in another colour. */
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

/** Cuts the quotation of the answered message, and the signature. */
export function withoutQuotation(text: string, mail: MailContext): { text: string; isCut: boolean } {
  const lines = text.split('\n');
  const isReply = mail.hasParent && REPLY.test(mail.subject.trim());
  const quoteStart = isReply ? (quotationStart(lines, mail) ?? headerBlockStart(lines, mail)) : undefined;
  const own = quoteStart === undefined ? lines : lines.slice(0, quoteStart);
  const signatureStart = signatureOf(own);
  const kept = own.slice(0, signatureStart).join('\n').trim();
  const isCut = kept !== '' && (quoteStart !== undefined || signatureStart !== undefined);
  return isCut ? { text: kept, isCut } : { text, isCut: false };
}

/** Returns the line where the quotation at the end begins, including the sentence that introduces it. */
function quotationStart(lines: readonly string[], mail: MailContext): number | undefined {
  const lastOwn = lines.findLastIndex((line) => line.trim() !== '' && !line.startsWith('>'));
  const first = lines.findIndex((line, index) => index > lastOwn && line.startsWith('>'));
  if (first < 0) return undefined;
  const quoted = lines.slice(first).map((line) => line.replace(/^[> ]+/, ''));
  const before = lines.slice(0, lastOwn + 1);
  const length = introductionLength(before);
  if (length > 0)
    return isCertain(before.slice(0, -length), quoted, mail) ? before.length - length : undefined;
  // Apple Mail puts the sentence into the quotation.
  const inside = quoted.filter((line) => line.trim() !== '').slice(0, ATTRIBUTION_LINES_MAX);
  const within = inside.findIndex((_, index) => isAttribution(inside.slice(0, index + 1)));
  if (within < 0) return undefined;
  const skipped = quoted.indexOf(inside[within] ?? '') + 1;
  return isCertain(before, quoted.slice(skipped), mail) ? lastOwn + 1 : undefined;
}

/** Returns how many of the last lines introduce a quotation, or 0. */
function introductionLength(before: readonly string[]): number {
  const lengths = [1, 2, 3].filter(
    (length) => length <= before.length && isAttribution(before.slice(-length)),
  );
  // The last line of a longer sentence may look like a whole one.
  return lengths.find((length) => TIME.test(before.slice(-length).join(' '))) ?? lengths[0] ?? 0;
}

/** Returns whether lines introduce a quotation: they end in a colon, and have an address, a time or a known verb. */
function isAttribution(lines: readonly string[]): boolean {
  if (lines.some((line) => line.trim() === '')) return false;
  const sentence = lines.join(' ').trim();
  if (sentence.length > ATTRIBUTION_LENGTH_MAX || !/[:：]$/.test(sentence)) return false;
  return ATTRIBUTION_VERB.test(sentence) || TIME.test(sentence) || ADDRESS.test(sentence);
}

/** Returns the line where a copy of the answered message begins. Outlook puts a block of headers in the user's language above it. */
function headerBlockStart(lines: readonly string[], mail: MailContext): number | undefined {
  const subject = bareSubject(mail.subject);
  const isHeader = lines.map((line) => HEADER_LINE.test(line.slice(0, ATTRIBUTION_LENGTH_MAX)));
  let start = 0;
  while (start < lines.length) {
    let end = start;
    while (isHeader[end] && end - start < HEADER_LINES_MAX) end += 1;
    const block = lines.slice(start, end);
    const values = block.map((line) => line.slice(line.search(/[:：]/) + 1).replace(/^[*_\s]+/, ''));
    const isBlock =
      block.length >= HEADER_LINES_MIN && values.some((value) => bareSubject(value) === subject);
    if (isBlock && subject !== '') {
      const ownEnd = endBeforeRule(lines, start);
      return isCertain(lines.slice(0, ownEnd), lines.slice(end), mail) ? ownEnd : undefined;
    }
    start = Math.max(end, start + 1);
  }
  return undefined;
}

/** Returns where the text before a block ends, without a line of dashes between them. */
function endBeforeRule(lines: readonly string[], start: number): number {
  for (let index = start - 1; index >= Math.max(0, start - 3); index -= 1) {
    const line = (lines[index] ?? '').trim();
    if (RULE.test(line)) return index;
    if (line !== '') break;
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
