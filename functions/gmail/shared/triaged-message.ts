import { htmlToText, id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { headerOf, type Message } from './message.ts';

/** Which messages there are: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
export const ListedMessages = z.object({
  messages: z.array(z.object({ id: id() })).default([]),
  nextPageToken: z.string().optional(),
});

/** What one needs of a mail to see whether it is urgent. */
export const TriagedMessage = z.strictObject({
  id: id(),
  thread_id: id(),
  from: text(200).nullable(),
  subject: text(300).nullable(),
  received_at: time().nullable(),
  snippet: text(200),
  is_important: z.boolean(),
});

export function triagedMessage(message: Message): z.input<typeof TriagedMessage> {
  return {
    id: message.id,
    thread_id: message.threadId,
    from: headerOf(message, 'From'),
    subject: headerOf(message, 'Subject'),
    received_at: message.internalDate ?? null,
    // Gmail writes its characters as HTML does.
    snippet: htmlToText(message.snippet),
    is_important: message.labelIds.includes('IMPORTANT'),
  };
}
