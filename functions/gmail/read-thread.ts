import { defineTool, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import { gmail } from './connector.ts';
import { mailId } from './shared/mail-id.ts';
import { subjectOf, Thread, ThreadMessage, threadMessage } from './shared/thread-message.ts';
import { threadUrl } from './shared/thread-url.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_read_thread',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description: 'Reads a Gmail thread as plain text, oldest message first, without quotes and signatures.',
  input: { thread_id: mailId('The thread_id of a message.') },
  output: { subject: text(300).nullable(), url: text(200) },
  list: {
    key: 'messages',
    item: ThreadMessage,
    default: 20,
    maximum: 100,
  },
  examples: [
    {
      input: { thread_id: '18c2f7a9d0e1b234', max_results: 1 },
      output: {
        messages: [
          {
            id: '18c2f7a9d0e1b234',
            from: 'Lena <lena@example.com>',
            to: 'ada@example.com',
            sent_at: '2026-11-19T16:20:00Z',
            is_draft: false,
            text: 'Could you send an offer?',
            attachments: [{ name: 'bikes.pdf', size_bytes: 48213 }],
          },
        ],
        subject: 'Twelve bikes',
        url: 'https://mail.google.com/mail/#all/18c2f7a9d0e1b234',
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ thread_id }, { api }) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/get
    const { body } = await api.get(path`/gmail/v1/users/me/threads/${thread_id}`, {
      query: { format: 'full' },
      response: Thread,
    });
    const { messages } = body;
    return { items: messages.map(threadMessage), subject: subjectOf(messages), url: threadUrl(thread_id) };
  },
});

export const handler = createHandler(tool);
