import { completenessOutput, defineTool, id, text, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { loadThread, messagesOf } from './shared/load-mail.ts';
import { messageIdInput, threadIdInput, threadUrl } from './shared/mail-ids.ts';
import { readMessages } from './shared/read-messages.ts';
import { TEXT_LENGTH_MAX, toExcerpt } from './shared/thread-message.ts';

const ELLIPSIS_LENGTH = 1;

const InvitationOutput = z.strictObject({
  title: text(300).nullable(),
  starts: text(80).nullable().describe('ISO 8601 in UTC, a day, or a local time with the name of its zone.'),
  ends: text(80).nullable().describe('For whole days, the last day.'),
  place: text(700).nullable().describe('Or the link by which people join.'),
  method: text(20).nullable().describe('REQUEST, CANCEL, REPLY, …'),
  is_recurring: z.boolean(),
});

const AttachmentOutput = z.strictObject({
  id: id().nullable().describe('ID of the attachment in Gmail; the content is not included.'),
  name: text(200).nullable(),
  type: text(100),
  size_bytes: z.int(),
});

const ThreadMessageOutput = z.strictObject({
  id: id(),
  from: text(200).nullable(),
  to: text(500).nullable(),
  cc: text(500).nullable(),
  sent_at: time().nullable().describe('null for a draft or an unusable date.'),
  is_draft: z.boolean(),
  text: text(TEXT_LENGTH_MAX + ELLIPSIS_LENGTH),
  next_text_start: z
    .int()
    .nullable()
    .describe('If the text ends in “…”: pass it as text_start, with the id as message_id.'),
  is_shortened: z
    .boolean()
    .describe('True if a quotation of the answered message or a signature was cut; include_all returns it.'),
  has_other_plain_text: z
    .boolean()
    .describe('True if the plain text says something that the HTML does not; include_all returns it.'),
  invitation: InvitationOutput.nullable(),
  attachments: z.array(AttachmentOutput),
  ...completenessOutput,
});

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_read_thread',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    'Reads the messages of a Gmail thread, newest first: text with links, invitations, and a list of attachments without their content. The quotation of the answered mail and signatures are cut, forwarded mails are not.',
  input: {
    thread_id: threadIdInput(
      'From gmail_triage_inbox, gmail_list_awaiting_reply or gmail_list_unread, or its url.',
    ),
    message_id: messageIdInput(
      'Only this message (an id of gmail_read_thread), with more of its text.',
    ).optional(),
    text_start: z
      .int()
      .min(0)
      .optional()
      .describe('With message_id: where to read on, as next_text_start says; repeat include_all.'),
    include_all: z
      .boolean()
      .optional()
      .describe('Also quotations, signatures, and a plain-text form that says something else.'),
  },
  output: { subject: text(300).nullable(), url: text(200) },
  list: { key: 'messages', item: ThreadMessageOutput, default: 20, maximum: 100 },
  examples: [
    {
      input: { thread_id: '18c2f7a9d0e1b234', max_results: 1 },
      output: {
        messages: [
          {
            id: '18c2f7a9d0e1b234',
            from: 'Lena <lena@example.com>',
            to: 'ada@example.com',
            cc: null,
            sent_at: '2026-11-19T16:20:00Z',
            is_draft: false,
            text: 'Could you send an offer? The sizes are in the list: https://example.com/sizes',
            next_text_start: null,
            is_shortened: true,
            has_other_plain_text: false,
            invitation: null,
            attachments: [{ id: 'ANGjdJ8w4', name: 'bikes.pdf', type: 'application/pdf', size_bytes: 48213 }],
            is_complete: true,
            missing: [],
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

  async run({ thread_id, message_id, text_start = 0, include_all = false, page }, context) {
    const excerpt = toExcerpt({ message_id, text_start, include_all });
    const thread = await loadThread(context.api, thread_id);
    const { wanted, next } = messagesOf(thread.messages, message_id, page);
    const { items, subject } = await readMessages(thread, wanted, excerpt, context);
    return { items, next, subject, url: threadUrl(thread_id) };
  },
});

export const handler = createHandler(tool);
