const REPORT_LENGTH_MAX = 50_000;
const RECIPIENTS_MAX = 20;
const VALUE_LENGTH_MAX = 500;
const FIELD = /^([a-z-]{1,40}):\s{0,99}(.{1,2000})/i;

/** The delivery of an e-mail to one recipient. */
export interface Delivery {
  recipient: string;
  /** Such as `failed 5.1.1`. */
  status: string;
  /** The reason from the other server; empty if the report has no reason. */
  reason: string;
}

/**
 * Reads a report on the delivery of a mail, of which the first 20 recipients are returned:
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
  // The kind of an address or of a reason stands before a semicolon.
  const bare = (name: string) => fields.get(name)?.replace(/^[a-z0-9-]{1,20};\s{0,9}/i, '');
  const recipient = bare('original-recipient') || bare('final-recipient');
  const status = [fields.get('action'), fields.get('status')].filter(Boolean).join(' ');
  return recipient && status ? { recipient, status, reason: bare('diagnostic-code') ?? '' } : undefined;
}
