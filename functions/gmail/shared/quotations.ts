// The functions of this file remove a quotation only if it is certainly the message that the mail replies to.
// Everything else is content: forwarded messages, answers between quoted lines, quotations of other texts,
// and blocks of lines such as `From: …`.

// https://en.wikipedia.org/wiki/List_of_email_subject_abbreviations
const REPLY =
  /^(?:re|aw|antw|sv|r|rif|odp|ynt|res|ref|atb|vá|απ|bls|回复|回覆|答复|답장|返信)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]/i;
// In Finnish, VS marks a reply. In Danish and Norwegian, VS marks a forward.
const REPLY_OR_FORWARD = /^vs\s{0,3}[:：]/i;
const FINNISH = /Lähettäjä\s?:|kirjoitti\s?:/;
const PREFIXES =
  /^(?:(?:re|aw|antw|sv|vs|r|rif|odp|ynt|res|ref|atb|vá|απ|bls|回复|回覆|答复|답장|返信|fw|fwd|wg|tr|rv|enc|i|pd|vl|vb|doorst|转发|轉寄|転送)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]\s{0,9}){1,20}/i;
// Mailing lists and mail servers add tags such as `[EXTERNAL]` to the subject.
const TAG = /\[[^[\]]{1,40}\]/g;
const ATTRIBUTION_VERB =
  /(?:wrote|writes|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev|kirjoitti|napisał\S{0,4}|написал\S{0,4}|пишет|yazdı|写道|のメール)\s{0,3}[:：]?$/i;
const CLOCK = /\d{1,2}[:.h]\d{2}/;
const TIME = new RegExp(`${CLOCK.source}|\\b(?:19|20)\\d\\d\\b`);
const ADDRESS = /\S@\S/;
// Zoho writes the sentence above a quotation between dashes.
const DASHES_BEFORE = /^-{3,40}\s{1,9}/;
const DASHES_AFTER = /\s{1,9}-{3,40}$/;
// GroupWise writes the sender and the time of a quotation between these characters.
const ANGLES_AROUND = /^>>>\s.{1,300}\s>>>$/;
const REST_OF_ATTRIBUTION = /^>.{0,60}[:：]\s{0,9}$/;
const WHO = new RegExp(`${ADDRESS.source}|${ATTRIBUTION_VERB.source}`, 'i');
const ATTRIBUTION_LENGTH_MAX = 400;
const ATTRIBUTION_LINES_MAX = 3;
// A header without a value, such as `Cc:`, also counts.
const HEADER_LINE = /^[*_]{0,2}\p{L}[\p{L} .'’-]{0,24}[*_]{0,2}\s?(?::[*_]{0,2}(?:\s{1,9}\S|\s{0,9}$)|：)/u;
const HEADER_LINES_MIN = 3;
const HEADER_LINES_MAX = 10;
const RULE = /^(?:[-_=]{5,100}|[-_=]{3,100}\s?[^-_=\s].{0,100}[-_=]{3,100})$/;
// A line of dashes with one of these words stands above an answered mail. Other words between dashes, or a
// line that ends with a colon, can stand above a forwarded mail.
const ORIGINAL_MARK =
  /original|ursprüngliche|d['’]origine|oorspronkelijk|ursprungligt|oprindelig|opprinnelig|alkuperäinen|исходное|původní|pôvodná|orijinal|oryginaln|eredeti|izvorn|izvirn|αρχικό|πρωτότυπο|元の|原始|원본/i;
const FORWARD_MARK = /^(?:-{3,40}\s?.{1,60}-{3,40}|Begin forwarded message:)$/i;
// Words that announce answers between the quoted lines.
const WITHIN_WORDS = [
  'in-?line|in line|interspersed|embedded|between the lines|in (?:the )?(?:red|blue|green|bold|caps|capitals)',
  'im text|zwischen|dazwischen|in (?:rot|blau|grün|fett|farbe)|dans le texte|en (?:rouge|bleu|vert|gras)|entre les lignes',
  'en el texto|entre líneas|en (?:rojo|azul|verde|negrita)|no texto|entre (?:as )?linhas|em (?:vermelho|azul|negrito)',
  'nel testo|tra le righe|in (?:rosso|grassetto)|in de tekst|tussen de regels|in het rood|i texten|i teksten|w tekście|v textu',
  'в тексте|красным|インライン|文中|赤字|正文中|红色|본문 중',
].join('|');
const ANSWER_WORDS =
  'answer|repl(?:y|ied|ies)|respon[sd]|comment|remark|antwort|anmerkung|kommentar|réponse|répond|resp(?:uesta|osta|ond)|comentario|comentário|risp(?:ost|ond)|antwoord|opmerking|reactie|svar|odpow|odpov|ответ|комментар|回答|返信|返答|コメント|回复|回覆|답변|(?:see|siehe|voir|véase|ver|vedi|zie|se|см)(?!\\p{L})';
const BELOW_WORDS =
  '(?:below|beneath|underneath|unten|darunter|ci-dessous|en dessous|plus bas|abajo|debajo|abaixo|sotto|hieronder|onder|nedan|nedenfor|poniżej|níže|ниже)(?!\\p{L})|以下|下記|如下|下面|아래';
const ANSWERS_WITHIN = new RegExp(
  `(?<!\\p{L})(?:${WITHIN_WORDS}|my (?:answers|comments)|(?:${ANSWER_WORDS})[^\\n]{0,40}(?:${BELOW_WORDS})|(?:${BELOW_WORDS})[^\\n]{0,40}(?:${ANSWER_WORDS}))`,
  'iu',
);
const OWN_BEGINNING_LENGTH = 5_000;
// If a person answers between the quoted lines, Outlook can write `[Name]` before each answer.
const NAMED_ANSWER =
  /^[> ]*\[(?!(?:ext|caution|warning|image|cid|photo|quoted|attach)\b|extern)\p{Lu}[\p{L} .,'’-]{1,60}\]\s*\S/iu;
const SIGNATURE = '-- ';
const SIGNATURE_LINES_MAX = 15;
// Lines that do not occur in a signature: a quotation, a postscript, a list item, a question, and an amount of money.
const NOT_IN_SIGNATURE =
  /^\s*(?:>|p\.?\s?s\.?[\s:]|\d{1,3}[.)]\s|[-*•+]\s)|\?\s*$|[€$£¥]\s?\d|\d\s?(?:[€£¥]|(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|JPY)(?!\p{L}))/iu;
// A quoted line belongs to the answered message if that message contains this share of the line's words. The
// share is below 1, because mail programs change a few words.
const KNOWN_SHARE_MIN = 0.7;

/** Data about a message that helps to find the quotation in it. */
export interface MailContext {
  subject: string;
  /** True if a header names the message that this mail replies to. */
  hasParent: boolean;
  /** True if the quotation may contain answers, for example in another colour. */
  mayHaveAnswers?: boolean;
  /** The words in the names and addresses of the recipients; empty if there are no recipients. */
  people?: ReadonlySet<string>;
  /** Returns the words of the message that this mail replies to, or undefined if that message is not loaded. */
  parentWords(): ReadonlySet<string> | undefined;
}

/** Returns the words of a text in lower case, without URLs. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/https?:\/\/[^\s<>]{1,2000}/g, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * Removes the quotation of the message that this mail replies to, and the signature.
 * @param signature the first line of a signature that is below a quotation
 */
export function withoutQuotation(
  text: string,
  mail: MailContext,
  signature = SIGNATURE,
): { text: string; isCut: boolean } {
  const lines = withWholeAttributions(text.split('\n'));
  const isReply = mail.hasParent && isReplySubject(mail.subject, text);
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

function isReplySubject(given: string, text: string): boolean {
  const subject = given.slice(0, ATTRIBUTION_LENGTH_MAX).replace(TAG, ' ').trim();
  return REPLY.test(subject) || (REPLY_OR_FORWARD.test(subject) && FINNISH.test(text));
}

/**
 * Joins lines that Gmail broke inside an address. The second half begins with `>` and would look like a quoted line.
 */
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

/** Removes the signature that Gmail writes below the quotation. */
function withoutLastSignature(lines: readonly string[], signature: string): readonly string[] {
  const start = lines.lastIndexOf(signature);
  const isShort = start > 0 && lines.length - start <= SIGNATURE_LINES_MAX + 1;
  const before = isShort ? lines.slice(0, start).findLast((line) => line.trim() !== '') : undefined;
  return before?.startsWith('>') ? lines.slice(0, start) : lines;
}

/** Returns the line where the quotation at the end begins, including the sentence that introduces the quotation. */
function quotationStart(lines: readonly string[], mail: MailContext): number | undefined {
  const lastOwn = lines.findLastIndex((line) => line.trim() !== '' && !line.startsWith('>'));
  const first = lines.findIndex((line, index) => index > lastOwn && line.startsWith('>'));
  if (first < 0) return undefined;
  const quoted = lines.slice(first).map((line) => line.replace(/^[> ]+/, ''));
  const before = lines.slice(0, lastOwn + 1);
  const length = introductionLength(before);
  if (length > 0) {
    const ownEnd = endBeforeRule(before, before.length - length);
    if (!isOfCorrespondent(before.slice(-length).join(' '), mail)) return undefined;
    return ownEnd !== undefined && isCertain(before.slice(0, ownEnd), quoted, mail) ? ownEnd : undefined;
  }
  // Apple Mail writes the introducing sentence inside the quotation. Hotmail wrote a block of headers there.
  const inside = quoted.filter((line) => line.trim() !== '').slice(0, HEADER_LINES_MAX);
  const within = inside
    .slice(0, ATTRIBUTION_LINES_MAX)
    .findIndex((_, index) => isAttribution(inside.slice(0, index + 1)));
  const block = headersAt(inside, 0);
  const lastLine = inside[within >= 0 ? within : isHeaderBlock(block.values, mail) ? block.end - 1 : -1];
  const ownEnd = endBeforeRule(before, before.length);
  if (lastLine === undefined || ownEnd === undefined) return undefined;
  return isCertain(before, quoted.slice(quoted.indexOf(lastLine) + 1), mail) ? ownEnd : undefined;
}

/**
 * Returns whether the introduction of a quotation may name a person of this conversation. An introduction with a time
 * of day or an address was written by a mail program. Other sentences, such as “In 2019 the supplier wrote:”, may
 * introduce any text.
 */
function isOfCorrespondent(introduction: string, mail: MailContext): boolean {
  const { people = new Set() } = mail;
  if (people.size === 0 || mail.parentWords() !== undefined) return true;
  return (
    CLOCK.test(introduction) ||
    ADDRESS.test(introduction) ||
    wordsOf(introduction).some((word) => people.has(word))
  );
}

/**
 * Returns the line where a quotation without marks begins. Without marks, only the text of the answered
 * message shows where the quotation begins.
 */
function unmarkedStart(lines: readonly string[], mail: MailContext): number | undefined {
  if (mail.parentWords() === undefined) return undefined;
  const last = lines.findIndex((line) => TIME.test(line) && ADDRESS.test(line) && isAttribution([line]));
  const ownEnd = last < 0 ? undefined : endBeforeRule(lines, last);
  return ownEnd !== undefined && isCertain(lines.slice(0, ownEnd), lines.slice(last + 1), mail)
    ? ownEnd
    : undefined;
}

/** Returns how many of the last lines introduce a quotation, or 0 if no line does. */
function introductionLength(before: readonly string[]): number {
  const lengths = [1, 2, 3].filter(
    (length) => length <= before.length && isAttribution(before.slice(-length)),
  );
  // An introduction may consist of several lines, although its last line would match by itself. Matches with
  // a time or an author are therefore preferred.
  const isWhole = (length: number, ...needed: readonly RegExp[]) =>
    needed.every((pattern) => pattern.test(before.slice(-length).join(' ').trim()));
  return (
    lengths.find((length) => isWhole(length, TIME, WHO)) ??
    lengths.find((length) => isWhole(length, TIME)) ??
    lengths[0] ??
    0
  );
}

/**
 * Returns whether lines introduce a quotation. Most introductions end with a colon and contain an address, a time or a
 * known verb.
 */
function isAttribution(lines: readonly string[]): boolean {
  if (lines.some((line) => line.trim() === '')) return false;
  const whole = lines.join(' ').trim();
  if (whole.length > ATTRIBUTION_LENGTH_MAX) return false;
  const sentence = whole.replace(DASHES_BEFORE, '').replace(DASHES_AFTER, '');
  if (DASHES_BEFORE.test(whole) && DASHES_AFTER.test(whole))
    return ATTRIBUTION_VERB.test(sentence) && TIME.test(sentence);
  if (ANGLES_AROUND.test(whole)) return TIME.test(whole);
  if (!/[:：]$/.test(sentence)) return false;
  return ATTRIBUTION_VERB.test(sentence) || TIME.test(sentence) || ADDRESS.test(sentence);
}

/**
 * Returns the line where the copy of the answered message begins. Outlook writes a block of headers above the
 * copy, in the user's language.
 */
function headerBlockStart(lines: readonly string[], mail: MailContext): number | undefined {
  let start = 0;
  while (start < lines.length) {
    const { values, end } = headersAt(lines, start);
    if (isHeaderBlock(values, mail)) {
      const ownEnd = endBeforeRule(lines, start);
      return ownEnd !== undefined && isCertain(lines.slice(0, ownEnd), lines.slice(end), mail)
        ? ownEnd
        : undefined;
    }
    // A line such as `Summary:` may be directly above a block of headers.
    start = values[0] === '' ? start + 1 : Math.max(end, start + 1);
  }
  return undefined;
}

/**
 * Returns the values of lines that look like e-mail headers, from `start` on, and the index of the next line. Some
 * programs write each header as a separate paragraph, followed by an empty line.
 */
function headersAt(lines: readonly string[], start: number): { values: string[]; end: number } {
  const values: string[] = [];
  const lineAt = (index: number) => lines[index]?.slice(0, ATTRIBUTION_LENGTH_MAX) ?? '';
  let end = start;
  while (values.length < HEADER_LINES_MAX) {
    const isApart = values.length > 0 && lineAt(end).trim() === '' && HEADER_LINE.test(lineAt(end + 1));
    const line = lineAt(isApart ? end + 1 : end);
    if (!HEADER_LINE.test(line)) break;
    values.push(line.slice(line.search(/[:：]/) + 1).replace(/^[*_\s]+/, ''));
    end += isApart ? 2 : 1;
  }
  return { values, end };
}

/** Returns whether the values are the headers of the message that this mail replies to. */
function isHeaderBlock(values: readonly string[], mail: MailContext): boolean {
  if (values.length < HEADER_LINES_MIN || values[0] === '') return false;
  const has = (pattern: RegExp) => values.some((value) => pattern.test(value));
  const subject = bareSubject(mail.subject);
  // A form that a person fills in may also have a subject, but usually no address or time of day.
  const isOfMail = has(ADDRESS) || has(CLOCK);
  if (isOfMail && subject !== '' && values.some((value) => bareSubject(value) === subject)) return true;
  // Windows Mail does not write the subject.
  return mail.parentWords() !== undefined && has(ADDRESS) && has(TIME);
}

/**
 * Returns the index at which the text before a quotation ends. A separating line above the quotation does not
 * belong to this text. Returns undefined if the separating line marks a forward.
 */
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
    .replace(TAG, ' ')
    .trim()
    .replace(PREFIXES, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Returns whether the quoted lines are certainly the message that this mail replies to, and nothing else. */
function isCertain(own: readonly string[], quoted: readonly string[], mail: MailContext): boolean {
  const ownText = own.join('\n').trim();
  if (ownText === '' || ANSWERS_WITHIN.test(ownText.slice(0, OWN_BEGINNING_LENGTH))) return false;
  const parentWords = mail.parentWords();
  if (parentWords === undefined)
    return !mail.mayHaveAnswers && !quoted.some((line) => NAMED_ANSWER.test(line));
  return quoted.every((line) => isKnown(line, parentWords));
}

function isKnown(line: string, parentWords: ReadonlySet<string>): boolean {
  if (/^[> ]*\[(?:image|cid):/.test(line)) return true;
  const words = wordsOf(line);
  const known = words.filter((word) => parentWords.has(word)).length;
  return known >= words.length * KNOWN_SHARE_MIN;
}

/**
 * Returns the index of the line `-- `, with which the signature begins. Returns undefined if there is no
 * signature.
 * https://www.rfc-editor.org/rfc/rfc3676#section-4.3
 */
function signatureOf(lines: readonly string[]): number | undefined {
  const start = lines.lastIndexOf(SIGNATURE);
  // If there are several such lines, they separate the sections of a text.
  if (start < 0 || lines.indexOf(SIGNATURE) < start || !isSignature(lines.slice(start + 1))) return undefined;
  const before = lines.slice(0, start);
  if (/[:：]\s*$/.test(before.at(-1)?.slice(-ATTRIBUTION_LENGTH_MAX) ?? '')) return undefined;
  // After a forward, the signature may belong to the forwarded message.
  return hasForward(before) ? undefined : start;
}

/** Returns whether the lines can be the author's signature, and nothing else. */
export function isSignature(lines: readonly string[]): boolean {
  return (
    lines.length <= SIGNATURE_LINES_MAX &&
    !hasForward(lines) &&
    !lines.some((line) => NOT_IN_SIGNATURE.test(line.slice(0, ATTRIBUTION_LENGTH_MAX)))
  );
}

/** Returns whether the lines contain another message, recognised by its headers or by a line that marks a forward. */
function hasForward(lines: readonly string[]): boolean {
  let start = 0;
  while (start < lines.length) {
    if (FORWARD_MARK.test((lines[start] ?? '').slice(0, 200).trim())) return true;
    const { values, end } = headersAt(lines, start);
    // A signature may also have such lines, but it has no date.
    if (values.length >= HEADER_LINES_MIN && values.some((value) => TIME.test(value))) return true;
    start = values[0] === '' ? start + 1 : Math.max(end, start + 1);
  }
  return false;
}
