import { domainToASCII } from 'node:url';
import addressParser from 'nodemailer/lib/addressparser';
import { headersOf, type Message } from './message.ts';

const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,255}$/;
// https://support.google.com/mail/answer/7436150
const GMAIL_DOMAINS = new Set(['gmail.com', 'googlemail.com']);

/**
 * Returns the address of the mailbox that receives mail for an address. Removes the part after a plus and, in Gmail's
 * own domains, the dots.
 */
export function mailboxOf(address: string): string {
  const [, name = '', domain = ''] = /^([^+]*)(?:\+.*)?@(.*)$/.exec(address.toLowerCase()) ?? [];
  const isGmail = GMAIL_DOMAINS.has(domain);
  return `${isGmail ? name.replaceAll('.', '') : name}@${isGmail ? 'gmail.com' : domain}`;
}

/** Returns whether a text is a plain e-mail address, without a name. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Returns the domain of an address in ASCII, as signatures and mail servers write it. */
export function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1)).toLowerCase();
}

/** Returns whether two addresses are equal, ignoring case. */
export const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Returns the addresses without duplicates. */
export function unique(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

/** Returns the addresses in a header, without names. Values that are not plain addresses are left out. */
export function addressesIn(message: Message, name: string): string[] {
  return headersOf(message, name)
    .flatMap((value) => addressParser(value, { flatten: true }))
    .flatMap(({ address }) => (isAddress(address) ? address : []));
}
