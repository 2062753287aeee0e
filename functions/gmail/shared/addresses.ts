import addressParser from 'nodemailer/lib/addressparser';
import { headersOf, type Message } from './message.ts';

const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,255}$/;
// https://support.google.com/mail/answer/7436150
const GMAIL_DOMAINS = new Set(['gmail.com', 'googlemail.com']);

/** Returns the mailbox of an address. This removes the part after a plus and, for Gmail's own domains, the dots. */
export function mailboxOf(address: string): string {
  const [, name = '', domain = ''] = /^([^+]*)(?:\+.*)?@(.*)$/.exec(address.toLowerCase()) ?? [];
  const isGmail = GMAIL_DOMAINS.has(domain);
  return `${isGmail ? name.replaceAll('.', '') : name}@${isGmail ? 'gmail.com' : domain}`;
}

/** Returns whether a text is a plain e-mail address. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Returns whether two addresses are equal, apart from case. */
export const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Returns the addresses without repetitions. */
export function unique(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

/** Returns the addresses in a header, without names. Anything but a plain address is left out. */
export function addressesIn(message: Message, name: string): string[] {
  return headersOf(message, name)
    .flatMap((value) => addressParser(value, { flatten: true }))
    .flatMap(({ address }) => (isAddress(address) ? address : []));
}
