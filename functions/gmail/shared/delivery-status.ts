const REPORT_LENGTH_MAX = 50_000;
const RECIPIENTS_MAX = 20;
const VALUE_LENGTH_MAX = 500;
const FIELD = /^([a-z-]{1,40}):\s{0,99}(.{1,2000})/i;

// The lines that Exim, qmail, Sendmail, Exchange and other servers write above the copy of the original mail.
const COPY_MARK =
  /^\s{0,9}(?:-{2,10}\s{0,3}(?:below this line is a copy|this is a copy of|original message|unsent message|undelivered message|returned message|the (?:header|body) of|message header)[^\n]{0,100}|original message headers:)$/im;

/** The delivery of an e-mail to one recipient. */
export interface Delivery {
  recipient: string;
  /** Action and status code, such as `failed 5.1.1`. */
  status: string;
  /** The reason that the other server gave; empty if the report contains no reason. */
  reason: string;
}

/** Removes the copy of the original mail that some servers add below their report. */
export function withoutCopy(text: string): { text: string; isCut: boolean } {
  const report = text.slice(0, COPY_MARK.exec(text)?.index).trim();
  const isCut = report !== '' && report.length < text.trim().length;
  return isCut ? { text: report, isCut } : { text, isCut: false };
}

/**
 * Returns the deliveries in a report about a mail, at most the first 20:
 * https://www.rfc-editor.org/rfc/rfc3464#section-2.3
 */
export function toDeliveries(report: string): Delivery[] {
  return report
    .slice(0, REPORT_LENGTH_MAX)
    .replace(/\n[ \t]{1,99}/g, ' ')
    .split(/\n\s{0,9}\n/)
    .flatMap((block) => deliveryOf(block) ?? [])
    .slice(0, RECIPIENTS_MAX);
}

function deliveryOf(block: string): Delivery | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (!fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value.trim().slice(0, VALUE_LENGTH_MAX));
  }
  // Removes the type of the address or of the reason, which is before a semicolon.
  const bare = (name: string) => fields.get(name)?.replace(/^[a-z0-9-]{1,20};\s{0,9}/i, '');
  const recipient = bare('original-recipient') || bare('final-recipient');
  const status = [fields.get('action'), fields.get('status')].filter(Boolean).join(' ');
  return recipient && status ? { recipient, status, reason: bare('diagnostic-code') ?? '' } : undefined;
}
