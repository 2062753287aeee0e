import { boundInput, defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { channelIdOf, channelInput } from './shared/channel.ts';
import { MessageOutput, MessageResponse, READ_SCOPES, withNames } from './shared/message.ts';
import { messageTsInput } from './shared/message-ts.ts';
import { cursorIn, cursorWith, parentOf, toOldest } from './shared/thread.ts';

const RepliesResponse = z.object({
  ok: z.literal(true),
  messages: z.array(MessageResponse).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_read_thread',
  effect: 'read',
  scopes: READ_SCOPES,
  description:
    'Returns the first message of a Slack thread and its replies, oldest first; with since, only newer replies.',
  input: {
    channel: channelInput(),
    thread_ts: messageTsInput('ts or link of any message in the thread.'),
    since: boundInput('Leaves out older replies. A day begins in UTC.').optional(),
  },
  list: {
    key: 'messages',
    item: z.strictObject({ ts: id(), ...MessageOutput.shape }),
    default: 50,
    maximum: 200,
  },
  examples: [
    {
      input: { channel: 'C024BE7LR', thread_ts: '1795105920.000100' },
      output: {
        messages: [
          {
            ts: '1795105920.000100',
            sent_at: '2026-11-19T16:32:00Z',
            author: 'Nadia Brandt',
            text: 'Which size?',
          },
          {
            ts: '1795106000.000100',
            sent_at: '2026-11-19T16:33:20Z',
            author: 'Emil Novak',
            text: 'M and L.',
          },
        ],
        count: 2,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ channel: named, thread_ts, since, page }, context) {
    const channel = await channelIdOf(named, context.api);
    const read = async (ts: string, cursor: string | undefined) => {
      // The first message of the thread is on every page and counts towards the limit, so later pages need one more.
      const limit = cursor === undefined ? page.size : page.size + 1;
      // https://docs.slack.dev/reference/methods/conversations.replies
      const { body } = await context.api.get(path`/api/conversations.replies`, {
        query: { channel, ts, limit, cursor, ...toOldest(since) },
        response: RepliesResponse,
      });
      return body;
    };
    const { ts = thread_ts, cursor } = cursorIn(page.cursor);
    const answer = await read(ts, cursor);
    const parent = parentOf(answer.messages ?? [], ts);
    const { messages, response_metadata } = parent === undefined ? answer : await read(parent, undefined);
    const found = (messages ?? []).filter((message) => !cursor || message.ts !== message.thread_ts);
    const { items } = await withNames(found, context);
    return {
      items: items.map(({ message, output }) => ({ ts: message.ts, ...output })),
      next: cursorWith(parent ?? ts, response_metadata?.next_cursor),
    };
  },
});

export const handler = createHandler(tool);
