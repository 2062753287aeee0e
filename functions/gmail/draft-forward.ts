import { defineTool, emailInput, id, path, text, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda/write';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { unique } from './shared/addresses.ts';
import { composeForward } from './shared/forward.ts';
import { messageIdInput, threadUrl } from './shared/mail-ids.ts';
import { SendAsListResponse } from './shared/mailbox-settings.ts';
import { loadOriginalMail } from './shared/original-mail.ts';

const RECIPIENTS_MAX = 50;
/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts#Draft */
const DraftResponse = z.object({ id: id(), message: z.object({ threadId: id() }) });

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_draft_forward',
  effect: 'create',
  confirm: false, // The tool sends nothing: the user sends or deletes the draft.
  scopes: ['https://www.googleapis.com/auth/gmail.readonly', 'https://www.googleapis.com/auth/gmail.compose'],
  description:
    'Saves a draft that forwards a Gmail message with its attachments. The user opens url and sends it. Up to 3.5 MB.',
  input: {
    message_id: messageIdInput('From gmail_read_thread, gmail_triage_inbox or gmail_list_awaiting_reply.'),
    to: z.array(emailInput('An e-mail address.')).min(1).max(RECIPIENTS_MAX).describe('E-mail addresses.'),
    comment: textInput('Plain text above the forwarded message.', 20_000).optional(),
  },
  output: {
    draft_id: id(),
    thread_id: id(),
    to: z.array(text(320)),
    subject: text(300),
    attachments: z.array(text(200)),
    url: text(200).describe('The thread that contains the draft.'),
  },
  examples: [
    {
      input: { message_id: '18c2f7a9d0e1b234', to: ['lena@example.com'], comment: 'Can you check this?' },
      output: {
        draft_id: 'r-7203551',
        thread_id: '18c2f7a9d0e1b234',
        to: ['lena@example.com'],
        subject: 'Fwd: Twelve bikes',
        attachments: ['bikes.pdf'],
        url: 'https://mail.google.com/mail/#all/18c2f7a9d0e1b234',
      },
    },
  ],

  async run({ message_id, to: given, comment = '' }, { api, signal }) {
    const [original, { body: own }] = await Promise.all([
      loadOriginalMail(api, message_id, signal),
      // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list
      api.get(path`/gmail/v1/users/me/settings/sendAs`, { response: SendAsListResponse }),
    ]);
    const to = unique(given);
    const { subject, raw } = await composeForward({ original, own: own.sendAs, to, comment });
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/create
    const { body } = await api.post(path`/gmail/v1/users/me/drafts`, {
      json: { message: { threadId: original.message.threadId, raw } },
      response: DraftResponse,
    });
    // If the subjects differ, Gmail moves the draft to a new thread. The response has the ID of that thread.
    const { threadId } = body.message;
    const attachments = original.files.map(({ name, type }) => name || type);
    return { draft_id: body.id, thread_id: threadId, to, subject, attachments, url: threadUrl(threadId) };
  },
});

export const handler = createHandler(tool);
