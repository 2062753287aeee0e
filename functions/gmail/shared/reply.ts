import MailComposer from 'nodemailer/lib/mail-composer';
import { ToolError } from 'scalekit-lambda-tools';
import { addressesIn, isSame, mailboxOf, unique } from './addresses.ts';
import type { SendAs } from './mailbox-settings.ts';
import { headerOf, type Message, messageIdsIn } from './message.ts';

const RECIPIENTS_MAX = 100;
// Enough IDs to find the thread. More could exceed the 998 characters that RFC 5322 allows for a line.
const REFERENCES_MAX = 20;
const NO_RECIPIENT =
  'This message has no address to which a reply could go. Choose another message of the thread, or ask the user for the address.';

interface Reply {
  message: Message;
  /** The addresses that the user sends from. */
  own: readonly SendAs[];
  text: string;
  toAll: boolean;
}

interface ComposedReply {
  /** The mail in the format of RFC 5322, encoded as base64url. */
  raw: string;
  to: string[];
  cc: string[];
  /** The recipients of the message who do not receive the reply. */
  left_out: string[];
}

/**
 * Composes a reply that stays in the thread of the message.
 * https://developers.google.com/workspace/gmail/api/guides/threads
 * @throws ToolError if the message has no address to reply to
 */
export async function composeReply({ message, own, text: body, toAll }: Reply): Promise<ComposedReply> {
  // The address in Delivered-To belongs to the user, even if the user cannot send from it.
  const mailboxes = [...own.map(({ sendAsEmail }) => sendAsEmail), ...addressesIn(message, 'Delivered-To')];
  const ownAddresses = new Set(mailboxes.map(mailboxOf));
  const isOwn = (address: string) => ownAddresses.has(mailboxOf(address));
  // Some programs write a Reply-To without an address. In that case, the reply goes to the address in From.
  const [senders = []] = [addressesIn(message, 'Reply-To'), addressesIn(message, 'From')].filter(
    ({ length }) => length > 0,
  );
  const [addressed, copied] = [addressesIn(message, 'To'), addressesIn(message, 'Cc')];
  // A reply to the user's own message goes to the recipients of that message.
  const isOwnMessage = message.labelIds.includes('SENT') || (senders.length > 0 && senders.every(isOwn));
  const to = unique(isOwnMessage ? addressed : senders).slice(0, RECIPIENTS_MAX);
  if (to.length === 0) throw new ToolError('conflict', { message: NO_RECIPIENT });
  const others = unique([...addressed, ...copied])
    .filter((address) => !isOwn(address) && !to.some((other) => isSame(other, address)))
    .slice(0, RECIPIENTS_MAX);
  const [cc, leftOut] = toAll ? [others, []] : [[], others];

  const sender = senderOf([...addressed, ...copied, ...senders], own);
  const subject = replySubject(headerOf(message, 'Subject') ?? '');
  const composer = new MailComposer({
    ...(sender && { from: { name: sender.displayName, address: sender.sendAsEmail } }),
    to: to.map((address) => ({ name: '', address })),
    cc: cc.map((address) => ({ name: '', address })),
    ...(sender?.replyToAddress && { replyTo: { name: '', address: sender.replyToAddress } }),
    subject,
    // https://www.rfc-editor.org/rfc/rfc5322#section-2.3
    text: body.replace(/\r\n?|\n/g, '\r\n'),
    ...threadHeaders(message),
    // The composer must not read files or URLs that the message contains.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  return { raw: raw.toString('base64url'), to, cc, left_out: leftOut };
}

/** Returns the headers that mail programs use to find the thread of a message. */
export function threadHeaders(message: Message): { inReplyTo?: string; references?: string[] } {
  const [messageId, referenced, answered] = ['Message-ID', 'References', 'In-Reply-To'].map((name) =>
    headerOf(message, name),
  );
  const [inReplyTo = messageId?.trim().split(/\s/)[0]] = messageIdsIn(messageId ?? null);
  if (!inReplyTo) return {};
  const references = messageIdsIn(referenced ?? null);
  const parents = messageIdsIn(answered ?? null);
  // If References is missing, a single ID in In-Reply-To takes its place:
  // https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4
  const earlier = references.length === 0 && parents.length === 1 ? parents : references;
  return { inReplyTo, references: [...earlier, inReplyTo].slice(-REFERENCES_MAX) };
}

/** Returns the address to send from: the address that received the message, or the default. */
export function senderOf(addressed: readonly string[], own: readonly SendAs[]): SendAs | undefined {
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
