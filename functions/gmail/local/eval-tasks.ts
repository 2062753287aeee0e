import PostalMime from 'postal-mime';
import * as z from 'zod';
import { type EvalRun, type EvalTask, says } from '../../../local/eval/eval-task.ts';
import { grace } from '../../../local/providers/harbor-bikes.ts';

const DRAFTS = '/gmail/v1/users/me/drafts';
const FILTERS = '/gmail/v1/users/me/settings/filters';
const DraftList = z.object({ drafts: z.array(z.object({ id: z.string() })) });
const RawDraft = z.object({ message: z.object({ threadId: z.string(), raw: z.string() }) });
const Filters = z.object({ filter: z.array(z.object({ id: z.string() })) });

const LENA_FIRST = '19e5a1c0ada00006';
const LENA_SECOND = '19e5a1c0ada00007';
const NEWSLETTER = '19e5a1c0ada0000b';
const DELETING_FILTER = 'ANe1Bmada3';
const triage = { tool: 'gmail_triage_inbox', input: { max_results: 25 } };

/** Returns the drafts in the mailbox, newest first. */
async function drafts(provider: EvalRun['provider']) {
  const list = DraftList.parse(await provider('gmail', DRAFTS));
  return Promise.all(
    list.drafts.map(async ({ id }) => {
      const { message } = RawDraft.parse(await provider('gmail', `${DRAFTS}/${id}?format=raw`));
      const {
        to = [],
        cc = [],
        text,
        attachments,
      } = await PostalMime.parse(Buffer.from(message.raw, 'base64url'));
      return {
        thread: message.threadId,
        to: [...to, ...cc].map(({ address }) => address).join(' '),
        text: text ?? '',
        files: attachments.map(({ filename }) => filename).join(' '),
      };
    }),
  );
}

export const tasks: EvalTask[] = [
  {
    name: 'gmail_reply_to_all',
    prompt:
      'Lena Fuchs asked for twelve bikes. Draft an answer to that first mail of hers, to everyone who got it: the offer comes on Tuesday.',
    writes: ['gmail_draft_reply'],
    async grade({ provider }) {
      const draft = (await drafts(provider)).find(({ thread }) => thread === LENA_FIRST);
      return {
        'the draft is in the thread': draft !== undefined,
        'it names Tuesday': says(draft?.text ?? '', 'Tuesday'),
        'it goes to Lena and Piet': says(
          draft?.to ?? '',
          'lena@cityferries.example',
          'piet@cityferries.example',
        ),
      };
    },
    right: {
      calls: [
        triage,
        { tool: 'gmail_read_thread', input: { thread_id: '{{0.messages.3.thread_id}}' } },
        {
          tool: 'gmail_draft_reply',
          input: {
            message_id: '{{1.messages.1.id}}',
            text: 'Hello Lena, the offer comes on Tuesday.',
            reply_all: true,
          },
        },
      ],
      answer: 'The draft is here: {{2.url}}',
    },
    wrong: {
      calls: [
        triage,
        {
          tool: 'gmail_draft_reply',
          input: { message_id: LENA_SECOND, text: 'Hello Lena, the offer comes on Tuesday.' },
        },
      ],
      answer: 'The draft is here: {{1.url}}',
      faults: ['it goes to Lena and Piet'],
    },
  },
  {
    name: 'gmail_forward_file',
    prompt:
      'Lena Fuchs sent us a file with the sizes of her staff. Forward that mail to grace@harborbikes.example as a draft, with the comment “Please check the sizes.”',
    writes: ['gmail_draft_forward'],
    async grade({ provider }) {
      const [draft] = await drafts(provider);
      return {
        'the draft is for Grace': draft?.to === 'grace@harborbikes.example',
        'it has the file': says(draft?.files ?? '', 'staff-sizes.csv'),
        'it has the comment': says(draft?.text ?? '', 'Please check the sizes.'),
      };
    },
    right: {
      calls: [
        triage,
        { tool: 'gmail_read_thread', input: { thread_id: LENA_FIRST } },
        {
          tool: 'gmail_draft_forward',
          input: {
            message_id: '{{1.messages.1.id}}',
            to: ['grace@harborbikes.example'],
            comment: 'Please check the sizes.',
          },
        },
      ],
      answer: 'The draft is here: {{2.url}}',
    },
    wrong: {
      calls: [
        triage,
        {
          tool: 'gmail_draft_forward',
          input: {
            message_id: LENA_SECOND,
            to: ['grace@harborbikes.example'],
            comment: 'Please check the sizes.',
          },
        },
      ],
      answer: 'The draft is here: {{1.url}}',
      faults: ['it has the file'],
    },
  },
  {
    name: 'gmail_audit_forwarding',
    prompt:
      'Does any of my mail leave the mailbox by itself? Name the sender of such mail, and the address that it goes to.',
    grade: ({ answer }) => ({
      'names the sender and the address': says(
        answer,
        'bills@northportpower.example',
        'receipts@ledgerline.example',
      ),
    }),
    right: {
      calls: [{ tool: 'gmail_audit_forwarding', input: {} }],
      answer: 'Mail {{0.filters.0.criteria}} goes to {{0.filters.0.address}}.',
    },
    wrong: {
      // This agent reads only the first page, and ignores next_cursor.
      calls: [{ tool: 'gmail_list_filters', input: { max_results: 3 } }],
      answer: 'No filter forwards mail.',
      faults: ['names the sender and the address'],
    },
  },
  {
    name: 'gmail_remove_filter',
    prompt: 'One of my filters deletes mail. Remove this filter, and leave the others.',
    writes: ['gmail_remove_filter'],
    async grade({ provider }) {
      const { filter } = Filters.parse(await provider('gmail', FILTERS));
      return {
        'the filter is gone': filter.every(({ id }) => id !== DELETING_FILTER),
        'the others are there': filter.length === 3,
      };
    },
    right: {
      calls: [
        { tool: 'gmail_list_filters', input: {} },
        { tool: 'gmail_remove_filter', input: { filter_id: '{{0.filters.2.id}}' } },
      ],
      answer: 'The filter for {{0.filters.2.criteria}} is removed.',
    },
    wrong: {
      calls: [
        { tool: 'gmail_audit_forwarding', input: {} },
        { tool: 'gmail_remove_filter', input: { filter_id: '{{0.filters.0.id}}' } },
      ],
      answer: 'The filter is removed.',
      faults: ['the filter is gone'],
    },
  },
  {
    name: 'gmail_unsubscribe_link',
    prompt:
      'How can I leave the list of Cycle Trade News with one click? Give me the address, but do not use it.',
    grade: ({ answer }) => ({
      'gives the address for one click': says(answer, 'https://cycletrade.example/unsubscribe/4f1c9a'),
    }),
    right: {
      calls: [
        triage,
        { tool: 'gmail_get_unsubscribe_options', input: { message_id: '{{0.messages.9.id}}' } },
      ],
      answer: 'Send a POST with List-Unsubscribe=One-Click to {{1.one_click_url}}',
    },
    wrong: {
      calls: [triage, { tool: 'gmail_read_thread', input: { thread_id: NEWSLETTER } }],
      answer: 'Write to news@cycletrade.example and ask them to take you off the list.',
      faults: ['gives the address for one click'],
    },
  },
  {
    name: 'gmail_connect_account',
    prompt: 'How many unread mails do I have?',
    // This user has not connected Gmail.
    user: grace,
    grade: ({ answer, calls }) => ({
      'passes the link on': /https?:\/\/\S+[?&]connector=gmail\b/.test(answer),
      'does not repeat the call again and again': calls.length <= 2,
    }),
    right: {
      calls: [{ tool: 'gmail_list_unread', input: {} }],
      answer: 'Please connect your account first: {{0.error.authorization_url}}',
    },
    wrong: {
      calls: [{ tool: 'gmail_list_unread', input: {} }],
      answer: 'You have no unread mail.',
      faults: ['passes the link on'],
    },
  },
];
