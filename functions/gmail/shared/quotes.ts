// How mail programs say, in the languages that they come in, that what follows is another mail.
const INTRODUCTION =
  /^(?:On|Am|Le|El|Il|Op|Em|Den|W dniu) .{5,250}(?:wrote|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev|napisał\(a\)).{0,100}:$/;
const ORIGINAL_MESSAGE =
  /^-{2,20} ?(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Messaggio originale) ?-{2,20}$/i;
const SENDER_LINE = /^\*?(?:From|Von|De|Da|Van|Från|Od):\*? /;
const DATE_LINE = /^\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden|Skickat):\*? /;
const RULE = /^_{10,80}$/;
const SIGNATURE = /^--\s?$/;
const MOBILE_SIGNATURE =
  /^(?:Sent from my .{1,60}|Sent from Outlook.{0,40}|Get Outlook for .{1,40}|Von meinem .{1,60} gesendet|Envoyé de mon .{1,60})$/i;
const SIGNATURE_LINES_MAX = 15;
const FORWARDED = /forwarded message/i;
const QUOTE_CLASS =
  /\b(?:gmail_quote|gmail_signature|moz-cite-prefix|moz-signature|yahoo_quoted|protonmail_quote)\b/;

/**
 * What is new in a mail: without the mails that it answers, which its thread has anyway, and without a signature.
 * What holds nothing else is given whole.
 */
export function cutQuotes(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const own = withoutSignature(withoutQuotedLines(lines.slice(0, endOfOwn(lines))));
  return own.join('\n').trim() || text.trim();
}

/** The line at which a mail that is copied in whole begins. */
function endOfOwn(lines: readonly string[]): number {
  const end = lines.findIndex((line, index) => {
    const following = (lines[index + 1] ?? '').trim();
    const told = line.trim();
    return (
      ORIGINAL_MESSAGE.test(told) ||
      (RULE.test(told) && SENDER_LINE.test(following)) ||
      (SENDER_LINE.test(told) && DATE_LINE.test(following))
    );
  });
  return end < 0 ? lines.length : end;
}

/** Leaves out lines that begin with `>`, and the sentence before them. */
function withoutQuotedLines(lines: readonly string[]): string[] {
  const own: string[] = [];
  for (const line of lines) {
    if (line.startsWith('>')) removeIntroduction(own);
    else own.push(line);
  }
  removeIntroduction(own);
  return own;
}

/** The sentence may run over three lines, with empty ones after it. */
function removeIntroduction(own: string[]): void {
  let end = own.length;
  while (end > 0 && own[end - 1]?.trim() === '') end -= 1;
  for (const length of [1, 2, 3]) {
    const start = end - length;
    if (start >= 0 && INTRODUCTION.test(own.slice(start, end).join(' ').trim().slice(0, 500))) {
      own.length = start;
      return;
    }
  }
}

function withoutSignature(lines: readonly string[]): string[] {
  const own = lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
  if (MOBILE_SIGNATURE.test(own.at(-1)?.trim() ?? '')) own.pop();
  const start = own.findLastIndex((line) => SIGNATURE.test(line));
  return start >= 0 && own.length - start <= SIGNATURE_LINES_MAX + 1 ? own.slice(0, start) : own;
}

/** Whether an element of a mail in HTML holds what it quotes, or a signature. */
export function isQuoteElement(html: string) {
  // A mail that is handed on stands in an element of the same class.
  const isForwarded = FORWARDED.test(html);
  return (name: string, { class: classes = '', id = '', type = '' }: Readonly<Record<string, string>>) =>
    !isForwarded &&
    ((name === 'blockquote' && type === 'cite') ||
      id === 'divRplyFwdMsg' ||
      id === 'appendonsend' ||
      QUOTE_CLASS.test(classes));
}
