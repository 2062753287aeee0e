import {
  boundInput,
  completeness,
  completenessOutput,
  defineTool,
  id,
  path,
  providerTime,
  time,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { channelIdOf, channelInput } from './shared/channel.ts';
import { hasContent, MessageOutput, READ_SCOPES, withNames } from './shared/message.ts';
import { byTs, HistoryResponse, olderThreads } from './shared/older-threads.ts';
import { slackTime } from './shared/thread.ts';

const ChannelMessageOutput = z.strictObject({
  ts: id(),
  ...MessageOutput.shape,
  reply_count: z.int().min(0),
  latest_reply_at: time().nullable(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_catch_up_channel',
  effect: 'read',
  scopes: READ_SCOPES,
  description:
    'Lists the messages of a Slack channel since a time, oldest first. Older threads with newer replies come first. Replies are only counted: read them with slack_read_thread.',
  input: {
    channel: channelInput(),
    since: boundInput('Start of the period: a time with its zone, or a day, which begins in UTC.'),
  },
  output: completenessOutput,
  list: { key: 'messages', item: ChannelMessageOutput, default: 30, maximum: 100 },
  examples: [
    {
      input: { channel: '#product-news', since: '2026-11-19' },
      output: {
        messages: [
          {
            ts: '1795105920.000100',
            sent_at: '2026-11-19T16:32:00Z',
            author: 'Nadia Brandt',
            text: 'Which size?',
            reply_count: 2,
            latest_reply_at: '2026-11-19T17:05:00Z',
          },
        ],
        is_complete: true,
        missing: [],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ channel: named, since, page }, context) {
    const channel = await channelIdOf(named, context.api);
    const isFirst = page.cursor === undefined;
    // Without `latest`, Slack returns the messages closest to `oldest`, so each page continues at the end of the
    // previous page.
    const oldest = page.cursor ?? slackTime(since);
    // https://docs.slack.dev/reference/methods/conversations.history
    const { body } = await context.api.get(path`/api/conversations.history`, {
      query: { channel, oldest, inclusive: isFirst, limit: page.size },
      response: HistoryResponse,
    });
    const found = (body.messages ?? []).toSorted(byTs);
    const older = isFirst ? await olderThreads(channel, since, context) : undefined;
    const { items } = await withNames([...(older?.threads ?? []), ...found.filter(hasContent)], context);
    return {
      items: items.map(({ message: { ts, reply_count, latest_reply }, output }) => ({
        ts,
        ...output,
        reply_count: reply_count ?? 0,
        latest_reply_at: latest_reply ? providerTime('seconds').parse(latest_reply) : null,
      })),
      next: body.has_more ? found.at(-1)?.ts : null,
      ...completeness([older?.missing]),
    };
  },
});

export const handler = createHandler(tool);
