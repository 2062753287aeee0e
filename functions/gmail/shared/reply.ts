import addressParser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { id, ToolError, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { headerOf, headersOf, type Message } from './message.ts';
import type { SendAs } from './send-as.ts';

const RECIPIENTS_MAX = 100;
// Enough to find the thread; RFC 5322 allows no line of more than 998 characters.
const REFERENCES_MAX = 20;
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,255}$/;
// https://support.google.com/mail/answer/7436150
const GMAIL_DOMAINS = new Set(['gmail.com', 'googlemail.com']);
const NO_RECIPIENT =
  'This message has no address to which a reply could go. Choose another message of the thread, or ask the user for the address.';

/** A saved reply that the user can send. */
export const DraftedReplyOutput = z.strictObject({
  draft_id: id(),
  thread_id: id(),
  to: z.array(text(320)),
  cc: z.array(text(320)),
  url: text(200),
});

interface Reply {
  message: Message;
  /** The addresses that the user sends from. */
  own: readonly SendAs[];
  text: string;
  toAll: boolean;
}

interface ComposedReply {
  /** As RFC 5322 has it, in base64url. */
  raw: string;
  to: string[];
  cc: string[];
}

/**
 * A reply that stays in its thread: https://developers.google.com/workspace/gmail/api/guides/threads
 * @throws ToolError where the message names nobody to reply to
 */
export async function composeReply({ message, own, text: body, toAll }: Reply): Promise<ComposedReply> {
  // An address to which Gmail delivered the mail is the user's own, even if he cannot send from it.
  const mailboxes = [...own.map(({ sendAsEmail }) => sendAsEmail), ...addressesIn(message, 'Delivered-To')];
  const ownAddresses = new Set(mailboxes.map(mailboxOf));
  const isOwn = (address: string) => ownAddresses.has(mailboxOf(address));
  const senders = addressesIn(message, headerOf(message, 'Reply-To') ? 'Reply-To' : 'From');
  const [addressed, copied] = [addressesIn(message, 'To'), addressesIn(message, 'Cc')];
  // A user who answers himself goes on writing to the same people.
  const isOwnMessage = senders.length > 0 && senders.every(isOwn);
  const to = unique(isOwnMessage ? addressed : senders).slice(0, RECIPIENTS_MAX);
  if (to.length === 0) throw new ToolError('conflict', { message: NO_RECIPIENT });
  const others = toAll ? unique([...addressed, ...copied]) : [];
  const cc = others
    .filter((address) => !isOwn(address) && !to.some((other) => isSame(other, address)))
    .slice(0, RECIPIENTS_MAX);

  const sender = senderOf([...addressed, ...copied, ...senders], own);
  const subject = replySubject(headerOf(message, 'Subject') ?? '');
  const messageId = headerOf(message, 'Message-ID');
  const references = [...(headerOf(message, 'References')?.split(/\s+/) ?? []), messageId ?? ''].filter(
    Boolean,
  );
  const composer = new MailComposer({
    ...(sender && { from: { name: sender.displayName, address: sender.sendAsEmail } }),
    to: to.map((address) => ({ name: '', address })),
    cc: cc.map((address) => ({ name: '', address })),
    ...(sender?.replyToAddress && { replyTo: { name: '', address: sender.replyToAddress } }),
    subject,
    // https://www.rfc-editor.org/rfc/rfc5322#section-2.3
    text: body.replace(/\r\n?|\n/g, '\r\n'),
    ...(messageId && { inReplyTo: messageId, references: references.slice(-REFERENCES_MAX) }),
    // Nothing of a mail is ever read from this machine or the network.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  return { raw: raw.toString('base64url'), to, cc };
}

/** The mailbox of an address: without what follows a plus, and, as Gmail does, without dots in its own domains. */
function mailboxOf(address: string): string {
  const [, name = '', domain = ''] = /^([^+]*)(?:\+.*)?@(.*)$/.exec(address.toLowerCase()) ?? [];
  const isGmail = GMAIL_DOMAINS.has(domain);
  return `${isGmail ? name.replaceAll('.', '') : name}@${isGmail ? 'gmail.com' : domain}`;
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function unique(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

/** Returns the addresses of a header, without the names; anything that is not a plain address is left out. */
function addressesIn(message: Message, name: string): string[] {
  return headersOf(message, name)
    .flatMap((value) => addressParser(value, { flatten: true }))
    .flatMap(({ address }) => (ADDRESS.test(address) ? address : []));
}

/** The address that the mail came to, among those that the user sends from. */
function senderOf(addressed: readonly string[], own: readonly SendAs[]): SendAs | undefined {
  const usable = own.filter(
    ({ isPrimary, verificationStatus }) => isPrimary || verificationStatus === 'accepted',
  );
  const used = usable.find(({ sendAsEmail }) => addressed.some((address) => isSame(address, sendAsEmail)));
  return used ?? usable.find(({ isDefault }) => isDefault);
}

function replySubject(subject: string): string {
  const line = subject.replace(/\s+/g, ' ').trim();
  return /^re:/i.test(line) ? line : `Re: ${line}`;
}
