import { defineTool, id, path, text, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { getHeaders } from './shared/load-mail.ts';
import { messageIdInput, threadUrl } from './shared/mail-ids.ts';
import { SendAsListResponse } from './shared/mailbox-settings.ts';
import { composeReply } from './shared/reply.ts';

const DraftResponse = z.object({ id: id() });

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_draft_reply',
  effect: 'create',
  confirm: false, // The tool sends nothing: the user sends or deletes the draft.
  scopes: ['https://www.googleapis.com/auth/gmail.readonly', 'https://www.googleapis.com/auth/gmail.compose'],
  description:
    'Saves a reply to a Gmail message as a draft in its thread. The user opens url and sends it. Plain text only, without attachments.',
  input: {
    message_id: messageIdInput(
      'Message to answer, from gmail_read_thread, gmail_triage_inbox or gmail_list_awaiting_reply.',
    ),
    text: textInput('The reply as plain text, without the quoted message.', 20_000),
    reply_all: z
      .boolean()
      .optional()
      .describe('Also to its other recipients; by default only to its sender.'),
  },
  output: {
    draft_id: id(),
    thread_id: id(),
    to: z.array(text(320)),
    cc: z.array(text(320)),
    left_out: z
      .array(text(320))
      .describe('Other recipients of the message, who do not get the reply; reply_all adds them.'),
    url: text(200),
  },
  examples: [
    {
      input: { message_id: '18c2f7a9d0e1b234', text: 'The offer follows on Monday.' },
      output: {
        draft_id: 'r-7203551',
        thread_id: '18c2f7a9d0e1b234',
        to: ['lena@example.com'],
        cc: [],
        left_out: ['piet@example.com'],
        url: 'https://mail.google.com/mail/#all/18c2f7a9d0e1b234',
      },
    },
  ],

  async run({ message_id, text, reply_all = false }, { api }) {
    const [message, { body: own }] = await Promise.all([
      getHeaders(api, message_id),
      // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list
      api.get(path`/gmail/v1/users/me/settings/sendAs`, { response: SendAsListResponse }),
    ]);
    const { raw, ...reply } = await composeReply({ message, own: own.sendAs, text, toAll: reply_all });
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/create
    const { body } = await api.post(path`/gmail/v1/users/me/drafts`, {
      json: { message: { threadId: message.threadId, raw } },
      response: DraftResponse,
    });
    return { ...reply, draft_id: body.id, thread_id: message.threadId, url: threadUrl(message.threadId) };
  },
});

export const handler = createHandler(tool);
