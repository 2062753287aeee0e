import { htmlToText, id, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { headerOf, type Message } from './message.ts';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
export const MessageListResponse = z.object({
  messages: z.array(z.object({ id: id() })).default([]),
  nextPageToken: z.string().optional(),
});

/** Enough of a mail to see whether it is urgent. */
export const TriagedMessageOutput = z.strictObject({
  id: id(),
  thread_id: id(),
  from: text(200).nullable(),
  subject: text(300).nullable(),
  received_at: time().nullable(),
  snippet: text(200),
  is_important: z.boolean(),
});

export function toTriagedMessage(message: Message): z.input<typeof TriagedMessageOutput> {
  return {
    id: message.id,
    thread_id: message.threadId || message.id,
    from: headerOf(message, 'From'),
    subject: headerOf(message, 'Subject'),
    received_at: message.internalDate,
    // Gmail escapes its characters as HTML does.
    snippet: htmlToText(message.snippet),
    is_important: message.labelIds.includes('IMPORTANT'),
  };
}
