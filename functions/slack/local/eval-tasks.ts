import * as z from 'zod';
import { type EvalRun, type EvalTask, says } from '../../../local/eval/eval-task.ts';
import { dayAt } from '../../../local/providers/story-time.ts';
import { tsAgo } from './seed.ts';

const SALES = 'C0HARBORSAL';
const WITH_JONAS = 'D0HARBORADJ';
const JONAS = 'U0HARBORJON';
const CANVAS = 'F0HARBORFER';
const OFFER_TS = tsAgo(2, '16:32');

const History = z.object({
  messages: z.array(z.object({ text: z.string(), thread_ts: z.string().optional() })),
});
const Scheduled = z.object({
  scheduled_messages: z.array(z.object({ channel_id: z.string(), post_at: z.number(), text: z.string() })),
});
const Sections = z.object({ sections: z.array(z.unknown()) });

/** Returns the number of sections of the canvas that contain a text. */
async function sectionsWith(text: string, provider: EvalRun['provider']): Promise<number> {
  const criteria = encodeURIComponent(JSON.stringify({ contains_text: text }));
  const path = `/api/canvases.sections.lookup?canvas_id=${CANVAS}&criteria=${criteria}`;
  return Sections.parse(await provider('slack', path)).sections.length;
}

export const tasks: EvalTask[] = [
  {
    name: 'slack_reply_in_thread',
    prompt:
      'In #sales, Grace asked me which frame sizes City Ferries need. Answer in that thread: Most are between 165 and 190 cm.',
    writes: ['slack_send_message'],
    async grade({ provider }) {
      const path = `/api/conversations.replies?channel=${SALES}&ts=${OFFER_TS}`;
      const { messages } = History.parse(await provider('slack', path));
      return { 'the answer is in the thread': says(messages.at(-1)?.text ?? '', '165', '190') };
    },
    right: {
      calls: [
        { tool: 'slack_list_mentions', input: {} },
        {
          tool: 'slack_send_message',
          input: {
            channel: '{{0.mentions.3.channel}}',
            thread_ts: '{{0.mentions.3.thread_ts}}',
            text: 'Most are between 165 and 190 cm.',
          },
        },
      ],
      answer: 'I answered Grace.',
    },
    wrong: {
      calls: [
        { tool: 'slack_list_mentions', input: {} },
        {
          tool: 'slack_send_message',
          input: { channel: '#sales', text: '@grace Most are between 165 and 190 cm.' },
        },
      ],
      answer: 'I answered Grace.',
      faults: ['the answer is in the thread'],
    },
  },
  {
    name: 'slack_schedule_direct_message',
    prompt: 'Jonas Keller gets a direct message in Slack from me tomorrow at 09:00 UTC: Crane is booked.',
    writes: ['slack_schedule_message'],
    async grade({ provider }) {
      const answer = await provider('slack', '/api/chat.scheduledMessages.list');
      const [message] = Scheduled.parse(answer).scheduled_messages;
      return {
        'it is for Jonas': message?.channel_id === WITH_JONAS,
        'it is due tomorrow at nine': message?.post_at === Date.parse(`${dayAt(1)}T09:00:00Z`) / 1_000,
        'it has the text': says(message?.text ?? '', 'Crane is booked'),
      };
    },
    right: {
      calls: [
        { tool: 'slack_find_user', input: { query: 'Jonas Keller' } },
        {
          tool: 'slack_schedule_message',
          input: {
            channel: '{{0.users.0.id}}',
            text: 'Crane is booked.',
            post_at: `${dayAt(1)}T09:00:00Z`,
          },
        },
      ],
      answer: 'It is scheduled for {{1.post_at}}.',
    },
    wrong: {
      // This agent sends the time as Berlin time instead of UTC.
      calls: [
        {
          tool: 'slack_schedule_message',
          input: { channel: JONAS, text: 'Crane is booked.', post_at: `${dayAt(1)}T09:00:00+01:00` },
        },
      ],
      answer: 'It is scheduled for tomorrow at nine.',
      faults: ['it is due tomorrow at nine'],
    },
  },
  {
    name: 'slack_find_newest_state',
    prompt: 'From when on can we have the crane of Dockside, by the newest that was said in Slack?',
    grade: ({ answer }) => ({ 'names Tuesday': says(answer, 'Tuesday') }),
    right: {
      calls: [{ tool: 'slack_find_messages', input: { words: 'crane' } }],
      answer: '{{0.messages.0.author}}: {{0.messages.0.text}}',
    },
    wrong: {
      // This agent reads only the first page, but the newest reply is on the second page.
      calls: [
        { tool: 'slack_find_messages', input: { words: 'crane' } },
        {
          tool: 'slack_read_thread',
          input: { channel: '#workshop', thread_ts: '{{0.messages.1.thread_ts}}', max_results: 3 },
        },
      ],
      answer: '{{1.messages.2.text}}',
      faults: ['names Tuesday'],
    },
  },
  {
    name: 'slack_read_replies',
    prompt: 'By when did Jonas promise the bike of Tomas Berg, by the conversation in #support?',
    grade: ({ answer }) => ({ 'names Friday': says(answer, 'Friday') }),
    right: {
      calls: [
        { tool: 'slack_catch_up_channel', input: { channel: '#support', since: dayAt(-5) } },
        {
          tool: 'slack_read_thread',
          input: { channel: '#support', thread_ts: '{{0.messages.0.ts}}' },
        },
      ],
      answer: '{{1.messages.1.text}}',
    },
    wrong: {
      calls: [{ tool: 'slack_catch_up_channel', input: { channel: '#support', since: dayAt(-5) } }],
      answer: 'For Tuesday: {{0.messages.0.text}}',
      faults: ['names Friday'],
    },
  },
  {
    name: 'slack_edit_canvas',
    prompt:
      'Grace posted the canvas “City Ferries lease” in #random. It says that frame sizes are not known. Put in place of this sentence: Most are 165 to 190 cm.',
    writes: ['slack_update_canvas'],
    grade: async ({ provider }) => ({
      'the new sentence is there': (await sectionsWith('165 to 190 cm', provider)) === 1,
      'the old sentence is gone': (await sectionsWith('sizes are not known', provider)) === 0,
      'the heading is still there': (await sectionsWith('Open questions', provider)) === 1,
    }),
    right: {
      calls: [
        { tool: 'slack_catch_up_channel', input: { channel: '#random', since: dayAt(-3) } },
        {
          tool: 'slack_update_canvas',
          input: {
            canvas_id: CANVAS,
            operation: 'replace',
            section_text: 'Frame sizes are not known',
            markdown: 'Most are 165 to 190 cm.',
          },
        },
      ],
      answer: 'The canvas is changed.',
    },
    wrong: {
      calls: [
        { tool: 'slack_catch_up_channel', input: { channel: '#random', since: dayAt(-3) } },
        {
          tool: 'slack_update_canvas',
          input: {
            canvas_id: CANVAS,
            operation: 'replace',
            section_text: 'Open questions',
            markdown: 'Most are 165 to 190 cm.',
          },
        },
      ],
      answer: 'The canvas is changed.',
      faults: ['the old sentence is gone', 'the heading is still there'],
    },
  },
];
