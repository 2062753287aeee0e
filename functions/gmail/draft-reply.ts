import { defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { getHeaders } from './shared/get-headers.ts';
import { mailId } from './shared/mail-id.ts';
import { ANSWERED_HEADERS, composeReply, DraftedReply } from './shared/reply.ts';
import { SendAsList } from './shared/send-as.ts';
import { threadUrl } from './shared/thread-url.ts';

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_draft_reply',
  effect: 'create',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly', 'https://www.googleapis.com/auth/gmail.compose'],
  description: 'Saves a reply to a Gmail message as a draft in its thread. Sends nothing: the user sends it.',
  input: {
    message_id: mailId('The ID of the message to reply to.'),
    text: z.string().min(1).max(20_000).describe('The reply as plain text, without the quoted message.'),
    reply_all: z
      .boolean()
      .optional()
      .describe('Also to its other recipients; by default to its sender alone.'),
  },
  output: DraftedReply.shape,
  examples: [
    {
      input: { message_id: '18c2f7a9d0e1b234', text: 'The offer follows on Monday.' },
      output: {
        draft_id: 'r-3129807',
        thread_id: '18c2f7a9d0e1b234',
        to: ['lena@example.com'],
        cc: [],
        url: 'https://mail.google.com/mail/#all/18c2f7a9d0e1b234',
      },
    },
  ],

  async run({ message_id, text, reply_all = false }, { api }) {
    const [message, { body: own }] = await Promise.all([
      getHeaders(api, message_id, ANSWERED_HEADERS),
      // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list
      api.get(path`/gmail/v1/users/me/settings/sendAs`, { response: SendAsList }),
    ]);
    const { raw, ...reply } = await composeReply({ message, own: own.sendAs, text, toAll: reply_all });
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/create
    const { body } = await api.post(path`/gmail/v1/users/me/drafts`, {
      json: { message: { threadId: message.threadId, raw } },
      response: z.object({ id: id() }),
    });
    return { ...reply, draft_id: body.id, thread_id: message.threadId, url: threadUrl(message.threadId) };
  },
});

export const handler = createHandler(tool);
