import { addressesIn } from './addresses.ts';
import { headerOf, type Message } from './message.ts';

// Parts of addresses that no person reads.
const UNREAD_ADDRESS =
  /^(?:[^@]{0,64}[._+-])?(?:(?:no|not|do[._-]?not|dont)[._-]?(?:reply|respond|answer)|no[._-]?responder|ne[._-]?pas[._-]?repondre|keine[._-]?antwort|mailer-daemon|postmaster|bounces?|notif(?:y|ications?)|alerts?|newsletters?)(?:[._+-][^@]{0,64})?@/i;
const TO_MANY_PRECEDENCE = /^\s*(?:bulk|list|junk)\b/i;
const TO_MANY_HEADERS = ['List-Id', 'List-Unsubscribe', 'Feedback-ID', 'X-Auto-Response-Suppress'];
// Gmail's tabs for mail that no person wrote to the user.
const TO_MANY_LABELS = ['CATEGORY_PROMOTIONS', 'CATEGORY_SOCIAL', 'CATEGORY_UPDATES', 'CATEGORY_FORUMS'];

/** The headers that {@link isAutomatic} and {@link isToMany} read. */
export const AUTOMATIC_MAIL_HEADERS: readonly string[] = [
  'From',
  'Reply-To',
  'Return-Path',
  'Auto-Submitted',
  'X-Autoreply',
  'X-Autorespond',
  'Precedence',
  ...TO_MANY_HEADERS,
];

/** Returns whether no person reads what is sent to this address. */
export function isUnreadAddress(address: string): boolean {
  return UNREAD_ADDRESS.test(address);
}

/**
 * Returns whether a program wrote the message, such as an absence note or a delivery report.
 * https://www.rfc-editor.org/rfc/rfc3834
 */
export function isAutomatic(message: Message): boolean {
  const submitted = headerOf(message, 'Auto-Submitted') ?? 'no';
  const answered = addressesIn(message, headerOf(message, 'Reply-To') ? 'Reply-To' : 'From');
  return (
    !/^\s*no\b/i.test(submitted) ||
    headerOf(message, 'X-Autoreply') !== null ||
    headerOf(message, 'X-Autorespond') !== null ||
    headerOf(message, 'Return-Path')?.trim() === '<>' ||
    /^\s*auto_reply\b/i.test(headerOf(message, 'Precedence') ?? '') ||
    message.payload.mimeType === 'multipart/report' ||
    answered.every(isUnreadAddress)
  );
}

/** Returns whether the message went to many people, such as a newsletter or mail of a mailing list. */
export function isToMany(message: Message): boolean {
  return (
    TO_MANY_PRECEDENCE.test(headerOf(message, 'Precedence') ?? '') ||
    TO_MANY_HEADERS.some((name) => headerOf(message, name) !== null) ||
    TO_MANY_LABELS.some((label) => message.labelIds.includes(label))
  );
}
