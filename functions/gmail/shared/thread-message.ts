import { id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { headerOf, Message } from './message.ts';
import { Attachment, attachmentsOf, textOf } from './message-parts.ts';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads#Thread */
export const Thread = z.object({ messages: z.array(Message).default([]) });

/** What a thread is about: its first message says it. */
export function subjectOf([first]: readonly Message[]): string | null {
  return first ? headerOf(first, 'Subject') : null;
}

/** A mail of a thread, as one reads it. */
export const ThreadMessage = z.strictObject({
  id: id(),
  from: text(200).nullable(),
  to: text(500).nullable(),
  sent_at: time().nullable(),
  is_draft: z.boolean(),
  text: text(4_000),
  attachments: z.array(Attachment),
});

export function threadMessage(message: Message): z.input<typeof ThreadMessage> {
  return {
    id: message.id,
    from: headerOf(message, 'From'),
    to: headerOf(message, 'To'),
    sent_at: message.internalDate ?? null,
    is_draft: message.labelIds.includes('DRAFT'),
    text: textOf(message),
    attachments: attachmentsOf(message),
  };
}
