import { addressesIn, mailboxOf } from './addresses.ts';
import {
  AUTOMATIC_MAIL_HEADERS,
  isAutomatic,
  isAutomaticAnswer,
  isToMany,
  isUnreadAddress,
} from './automatic-mail.ts';
import { isDeliveryReport } from './delivery-report.ts';
import { isForwardSubject } from './forward.ts';
import { headerOf, type Message } from './message.ts';

/** The headers that {@link waitingThread} and its callers read. */
export const WAITING_THREAD_HEADERS: readonly string[] = [
  ...AUTOMATIC_MAIL_HEADERS,
  'To',
  'Cc',
  'Delivered-To',
];

const NO_MAIL = ['DRAFT', 'TRASH', 'SPAM', 'CHAT'];

/** A thread in which the user or the others wait for an answer. */
export interface WaitingThread {
  waitsFor: 'user' | 'others';
  /** The message that needs an answer. */
  last: Message;
  /** True if `To` of the message contains an address of the user. */
  isAddressed: boolean;
  /** True if a draft of an answer exists. */
  hasDraft: boolean;
  /** True if a program answered the message. */
  hasAutomaticAnswer: boolean;
  /** True if a mail server reported that the message was not delivered, or was delayed. */
  hasDeliveryReport: boolean;
}

/**
 * Finds out who has to answer in a thread. Mail that programs wrote does not count. Mail to many people, such as a
 * newsletter, counts only if the user has written in the thread.
 * @param messages the messages of the thread, oldest first, with {@link WAITING_THREAD_HEADERS}
 * @param ownAddresses the addresses that the user sends from
 * @returns undefined if nobody has to answer
 */
export function waitingThread(
  messages: readonly Message[],
  ownAddresses: readonly string[],
): WaitingThread | undefined {
  const mails = messages.filter(({ labelIds }) => !NO_MAIL.some((label) => labelIds.includes(label)));
  const hasTakenPart = mails.some(isSent);
  const last = mails.findLast(
    (mail) => isSent(mail) || (!isAutomatic(mail) && (hasTakenPart || !isToMany(mail))),
  );
  if (!last) return undefined;
  // The address in Delivered-To belongs to the user, even if the user cannot send from it.
  const delivered = mails.flatMap((mail) => addressesIn(mail, 'Delivered-To'));
  const own = new Set([...ownAddresses, ...delivered].map(mailboxOf));
  const isOwn = (address: string) => own.has(mailboxOf(address));
  const addressed = addressesIn(last, 'To');
  const recipients = [...addressed, ...addressesIn(last, 'Cc')];
  const waitsFor = isSent(last) ? 'others' : 'user';
  if (waitsFor === 'others' && recipients.every((address) => isOwn(address) || isUnreadAddress(address)))
    return undefined;
  const later = mails.slice(mails.indexOf(last) + 1);
  return {
    waitsFor,
    last,
    isAddressed: addressed.some(isOwn),
    hasDraft: messages.some((message) => isDraftOfAnswer(message, peopleIn(mails))),
    hasAutomaticAnswer: later.some(isAutomaticAnswer),
    hasDeliveryReport: later.some(isDeliveryReport),
  };
}

/**
 * Returns whether a message is a draft to a person in the thread. A draft that forwards a message is in the same
 * thread, but is not an answer.
 */
function isDraftOfAnswer(message: Message, people: ReadonlySet<string>): boolean {
  if (!message.labelIds.includes('DRAFT') || isForwardSubject(headerOf(message, 'Subject') ?? ''))
    return false;
  const recipients = ['To', 'Cc'].flatMap((name) => addressesIn(message, name));
  return recipients.length === 0 || recipients.some((address) => people.has(mailboxOf(address)));
}

function peopleIn(mails: readonly Message[]): ReadonlySet<string> {
  const names = ['From', 'Reply-To', 'To', 'Cc'];
  return new Set(mails.flatMap((mail) => names.flatMap((name) => addressesIn(mail, name).map(mailboxOf))));
}

function isSent({ labelIds }: Message): boolean {
  return labelIds.includes('SENT');
}
