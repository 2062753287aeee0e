import type { Person } from '../../../local/providers/harbor-bikes.ts';
import { mailText, mailTime } from '../../../local/providers/story-time.ts';
import type { GmailPart } from './mime-parts.ts';

export interface Mail {
  id: string;
  /** The ID of the first message of the thread; the default is the message's own ID. */
  thread?: string;
  from: string;
  /** The default is the owner of the mailbox. */
  to?: string;
  cc?: string;
  subject: string;
  body: string;
  html?: string;
  /** The entire e-mail in the format of RFC 5322, used for e-mails with files. */
  raw?: string;
  /** The body in Gmail's format, if the `emulate` package cannot return it. */
  payload?: GmailPart;
  /** The contents of parts that Gmail returns only by attachment ID. */
  files?: Readonly<Record<string, string>>;
  date: string;
  labels: string[];
  /** Headers in Gmail's format that the `emulate` package does not return. */
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
