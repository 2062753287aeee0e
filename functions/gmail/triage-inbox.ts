import pMap from 'p-map';
import { defineTool, htmlToText, id, path, text, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { CONCURRENT_CALLS, getHeadersIfThere } from './shared/load-mail.ts';
import { headerOf, type Message } from './shared/message.ts';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
const MessageListResponse = z.object({
  messages: z.array(z.object({ id: id() })).default([]),
  nextPageToken: z.string().optional(),
});

const TriagedMessageOutput = z.strictObject({
  id: id(),
  thread_id: id(),
  from: text(200).nullable(),
  subject: text(300).nullable(),
  received_at: time().nullable(),
  snippet: text(200),
  is_important: z.boolean(),
});

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_triage_inbox',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    "Shows the unread mail of the user's Gmail inbox, newest first: sender, subject, time and first words. Archived mail is not included: use gmail_list_unread. For the whole text use gmail_read_thread.",
  list: { key: 'messages', item: TriagedMessageOutput, default: 10, maximum: 25 },
  examples: [
    {
      input: { max_results: 1 },
      output: {
        messages: [
          {
            id: '18c2f7a9d0e1b234',
            thread_id: '18c2f7a9d0e1b234',
            from: 'Lena <lena@example.com>',
            subject: 'Twelve bikes',
            received_at: '2026-11-19T16:20:00Z',
            snippet: 'Could you send an offer?',
            is_important: true,
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ page }, { api, signal }) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list
    const { body } = await api.get(path`/gmail/v1/users/me/messages`, {
      query: { q: 'in:inbox is:unread', maxResults: page.size, pageToken: page.cursor },
      response: MessageListResponse,
    });
    const found = await pMap(body.messages, ({ id }) => getHeadersIfThere(api, id, ['From', 'Subject']), {
      concurrency: CONCURRENT_CALLS,
      signal,
    });
    return {
      items: found.flatMap((message) => (message ? toTriagedMessage(message) : [])),
      next: body.nextPageToken,
    };
  },
});

function toTriagedMessage(message: Message): z.input<typeof TriagedMessageOutput> {
  return {
    id: message.id,
    thread_id: message.threadId || message.id,
    from: headerOf(message, 'From'),
    subject: headerOf(message, 'Subject'),
    received_at: message.internalDate,
    // Gmail's snippet contains HTML entities.
    snippet: htmlToText(message.snippet),
    is_important: message.labelIds.includes('IMPORTANT'),
  };
}

export const handler = createHandler(tool);
