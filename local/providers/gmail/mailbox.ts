import type { Person } from '../harbor-bikes.ts';

export interface Mail {
  id: string;
  /** The ID of the first mail of the thread; its own when absent. */
  thread?: string;
  from: string;
  subject: string;
  body: string;
  date: string;
  labels: string[];
}

export interface MailboxFilter {
  from: string;
  addLabelIds?: string[];
  removeLabelIds?: string[];
}

export function mailbox(owner: Person, mails: Mail[]) {
  return mails.map((mail) => ({
    id: mail.id,
    thread_id: mail.thread ?? mail.id,
    user_email: owner.email,
    from: mail.from,
    to: mail.labels.includes('SENT') ? 'workshop@harborbikes.example' : `${owner.name} <${owner.email}>`,
    subject: mail.subject,
    body_text: mail.body,
    label_ids: mail.labels,
    date: mail.date,
    message_id: `<${mail.id}@mail.harborbikes.example>`,
  }));
}

export function labels(owner: Person, names: Record<string, string>) {
  return Object.entries(names).map(([id, name]) => ({ id, name, user_email: owner.email }));
}
