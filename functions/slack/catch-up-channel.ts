import { boundInput, defineTool, id, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { channelId } from './shared/channel-id.ts';
import { slack } from './connector.ts';
import { isSaid, Message, withNames, writtenOutput } from './shared/message.ts';

const History = z.object({
  ok: z.literal(true),
  messages: z.array(Message).nullish(),
  has_more: z.boolean().nullish(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_catch_up_channel',
  effect: 'read',
  scopes: ['channels:history', 'groups:history', 'users:read'],
  description:
    'Gives the messages of a Slack channel since a time, oldest first; replies, which slack_read_thread gives, are only counted.',
  input: { channel: channelId(), since: boundInput('Such as 2026-11-20T08:00Z.') },
  list: {
    key: 'messages',
    item: z.strictObject({ ts: id(), ...writtenOutput, reply_count: z.int().min(0) }),
    default: 30,
    maximum: 100,
  },
  examples: [
    {
      input: { channel: 'C024BE91L', since: '2026-11-19' },
      output: {
        messages: [
          { ts: '1795105920.000100', at: '2026-11-19T16:32:00Z', author: 'Ada', text: 'Hi', reply_count: 2 },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ channel, since, page }, context) {
    // Without `latest`, Slack gives the messages closest to `oldest`, so that each page goes on where the last one ended.
    const oldest = page.cursor ?? `${Date.parse(since) / 1_000}.000000`;
    // https://docs.slack.dev/reference/methods/conversations.history
    const { body } = await context.api.get(path`/api/conversations.history`, {
      query: { channel, oldest, inclusive: page.cursor === undefined, limit: page.size },
      response: History,
    });
    const found = (body.messages ?? []).toSorted((one, other) => Number(one.ts) - Number(other.ts));
    const named = await withNames(found.filter(isSaid), context);
    const items = named.map(({ message: { ts, reply_count }, written }) => {
      return { ts, ...written, reply_count: reply_count ?? 0 };
    });
    return { items, next: body.has_more ? found.at(-1)?.ts : null };
  },
});

export const handler = createHandler(tool);
