import { headerOf, type Message } from './message.ts';

// Before the address there may be a name, and after it a comment. The parser of addresses is not used here,
// because it is large.
const SYSTEM_ADDRESS =
  /^(?:[^<>@]{0,200}<|\s{0,9})(?:mailer-daemon|postmaster|mail[._-]?delivery[._-]?(?:system|subsystem)|microsoftexchange[0-9a-f]{32})@[^\s<>@,]{1,255}>?\s{0,9}(?:\([^()]{0,200}\)\s{0,9})?$/i;

/**
 * Returns whether the message is a report of a mail server about a delivery. A person's read receipt does not count.
 * https://www.rfc-editor.org/rfc/rfc3464
 */
export function isDeliveryReport(message: Message): boolean {
  const type = headerOf(message, 'Content-Type') ?? '';
  const isReport = message.payload.mimeType === 'multipart/report' && !isReceipt(type);
  return (
    isReport ||
    headerOf(message, 'X-Failed-Recipients') !== null ||
    SYSTEM_ADDRESS.test(headerOf(message, 'From') ?? '')
  );
}

/** Returns whether a Content-Type belongs to a read receipt, or to a report about spam. */
export function isReceipt(contentType: string): boolean {
  return /report-type\s{0,9}=\s{0,9}"?(?:disposition-notification|feedback-report)/i.test(contentType);
}
