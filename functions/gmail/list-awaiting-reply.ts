import { defineTool, htmlToText, id, text, time } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { gmail } from './connector.ts';
import { findWaitingThreads } from './shared/find-waiting-threads.ts';
import { headerOf, headersOf } from './shared/message.ts';
import type { WaitingThread } from './shared/waiting-thread.ts';

const DAYS_DEFAULT = 30;
const DAYS_MAX = 365;

const WaitingThreadOutput = z.strictObject({
  thread_id: id(),
  message_id: id(),
  subject: text(300).nullable(),
  with: text(300).nullable().describe('Its sender; for others, its recipients.'),
  waiting_since: time().nullable(),
  snippet: text(200),
  is_addressed: z.boolean().describe('False for a copy or a group.'),
  has_draft: z.boolean().describe('An answer is begun.'),
  has_automatic_answer: z.boolean().describe('Such as an absence note.'),
  has_delivery_report: z.boolean().describe('It may not have arrived.'),
});

export const tool = defineTool({
  connector: gmail,
  name: 'gmail_list_awaiting_reply',
  effect: 'read',
  scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  description:
    'Lists the Gmail threads that wait for an answer of the user, or of others to whom the user wrote last, newest first, without newsletters, notices and automatic mail, so a page may have fewer than max_results: go on with next_cursor.',
  input: {
    waits_for: z.enum(['user', 'others']).optional().describe('Who has to answer; user by default.'),
    days: z.int().min(1).max(DAYS_MAX).optional().describe(`Days to look back; ${DAYS_DEFAULT} by default.`),
  },
  list: { key: 'threads', item: WaitingThreadOutput, default: 20, maximum: 50 },
  examples: [
    {
      input: { max_results: 1 },
      output: {
        threads: [
          {
            thread_id: '18c2f7a9d0e1b234',
            message_id: '18c2f7a9d0e1b234',
            subject: 'Twelve bikes',
            with: 'Lena <lena@example.com>',
            waiting_since: '2026-11-19T16:20:00Z',
            snippet: 'Could you send an offer?',
            is_addressed: true,
            has_draft: false,
            has_automatic_answer: false,
            has_delivery_report: false,
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ waits_for = 'user', days = DAYS_DEFAULT, page }, { api, signal }) {
    const search = { waitsFor: waits_for, days, page };
    const { threads, next } = await findWaitingThreads({ api, signal }, search);
    return { items: threads.map(toWaitingThread), next };
  },
});

function toWaitingThread(thread: WaitingThread & { id: string }): z.input<typeof WaitingThreadOutput> {
  const { id, waitsFor, last, isAddressed, hasDraft, hasAutomaticAnswer, hasDeliveryReport } = thread;
  return {
    thread_id: id,
    message_id: last.id,
    subject: headerOf(last, 'Subject'),
    with: headersOf(last, waitsFor === 'user' ? 'From' : 'To').join(', ') || null,
    waiting_since: last.internalDate,
    // Gmail's snippet contains HTML entities.
    snippet: htmlToText(last.snippet),
    is_addressed: isAddressed,
    has_draft: hasDraft,
    has_automatic_answer: hasAutomaticAnswer,
    has_delivery_report: hasDeliveryReport,
  };
}

export const handler = createHandler(tool);
