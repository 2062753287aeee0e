import type { Person } from '../../../local/providers/harbor-bikes.ts';
import { mailText, mailTime } from '../../../local/providers/story-time.ts';
import type { GmailPart } from './mime-parts.ts';

export interface Mail {
  id: string;
  /** The ID of the first mail of the thread; its own when absent. */
  thread?: string;
  from: string;
  /** By default the owner of the mailbox. */
  to?: string;
  cc?: string;
  subject: string;
  body: string;
  html?: string;
  /** A mail with files is written as it came, in the form of RFC 5322. */
  raw?: string;
  /** The parts of a mail that the emulator cannot have, as Gmail gives them. */
  payload?: GmailPart;
  /** The contents of parts that Gmail gives only by their ID. */
  files?: Readonly<Record<string, string>>;
  date: string;
  labels: string[];
  /** The headers that the emulator does not have, as Gmail gives them. */
  headers?: [name: string, value: string][];
}

export interface MailboxFilter {
  from: string;
  addLabelIds?: string[];
  removeLabelIds?: string[];
  forward?: string;
}

export function mailbox(owner: Person, mails: readonly Mail[]) {
  return mails.map((mail) => ({
    id: mail.id,
    thread_id: mail.thread ?? mail.id,
    user_email: owner.email,
    from: mail.from,
    to: mail.to ?? `${owner.name} <${owner.email}>`,
    ...(mail.cc && { cc: mail.cc }),
    subject: mail.subject,
    body_text: mailText(mail.body),
    ...(mail.html && { body_html: mail.html }),
    ...(mail.raw && { raw: Buffer.from(mailText(mail.raw).replaceAll('\n', '\r\n')).toString('base64url') }),
    label_ids: mail.labels,
    date: mailTime(mail.date),
    message_id: `<${mail.id}@mail.harborbikes.example>`,
  }));
}

export function labels(owner: Person, names: Record<string, string>) {
  return Object.entries(names).map(([id, name]) => ({ id, name, user_email: owner.email }));
}
