import { defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { channelId } from './shared/channel-id.ts';
import { slack } from './connector.ts';
import { Message, withNames, writtenOutput } from './shared/message.ts';

const Replies = z.object({
  ok: z.literal(true),
  messages: z.array(Message).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_read_thread',
  effect: 'read',
  scopes: ['channels:history', 'groups:history', 'users:read'],
  description: 'Gives the first message of a Slack thread and its replies, oldest first.',
  input: {
    channel: channelId(),
    thread_ts: z
      .string()
      .regex(/^\d+\.\d+$/)
      .describe('The ts of the first message.'),
  },
  list: { key: 'messages', item: z.strictObject({ ts: id(), ...writtenOutput }), default: 50, maximum: 200 },
  examples: [
    {
      input: { channel: 'C024BE91L', thread_ts: '1795105920.000100' },
      output: {
        messages: [
          { ts: '1795105920.000100', at: '2026-11-19T16:32:00Z', author: 'Ada Okafor', text: 'Which size?' },
          { ts: '1795106000.000100', at: '2026-11-19T16:33:20Z', author: 'Jonas Keller', text: 'M and L.' },
        ],
        count: 2,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ channel, thread_ts, page }, context) {
    // Every page begins with the first message, which is given once.
    const isFirst = page.cursor === undefined;
    // https://docs.slack.dev/reference/methods/conversations.replies
    const { body } = await context.api.get(path`/api/conversations.replies`, {
      query: { channel, ts: thread_ts, limit: isFirst ? page.size : page.size + 1, cursor: page.cursor },
      response: Replies,
    });
    const messages = (body.messages ?? []).filter((message) => isFirst || message.ts !== message.thread_ts);
    const named = await withNames(messages, context);
    const items = named.map(({ message, written }) => ({ ts: message.ts, ...written }));
    return { items, next: body.response_metadata?.next_cursor };
  },
});

export const handler = createHandler(tool);
