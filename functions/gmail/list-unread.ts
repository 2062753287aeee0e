import { defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { gmail } from './connector.ts';

const MessageListResponse = z.object({
  messages: z.array(z.object({ id: id(), threadId: id() })).optional(),
  nextPageToken: z.string().optional(),
});

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_list_unread',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    "Lists the IDs of all unread messages in the user's Gmail mailbox, newest first, outside spam and trash, with the IDs of their threads. For senders, subjects and first words use gmail_triage_inbox; for the text, gmail_read_thread.",
  list: { key: 'messages', item: z.strictObject({ id: id(), thread_id: id() }), default: 10, maximum: 100 },
  examples: [
    {
      input: { max_results: 2 },
      output: {
        messages: [
          { id: '18c2f7a9d0e1b234', thread_id: '18c2f7a9d0e1b234' },
          { id: '18c2f1b3c4d5e6f7', thread_id: '18c2e0a1b2c3d4e5' },
        ],
        count: 2,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ page }, { api }) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list
    const { body } = await api.get(path`/gmail/v1/users/me/messages`, {
      query: { q: 'is:unread', maxResults: page.size, pageToken: page.cursor },
      response: MessageListResponse,
    });
    const messages = body.messages ?? [];
    return {
      items: messages.map(({ id, threadId }) => ({ id, thread_id: threadId })),
      next: body.nextPageToken,
    };
  },
});

export const handler = createHandler(tool);
