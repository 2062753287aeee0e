import { defineTool, id, path, text, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import {
  CHANNEL_TYPES,
  ChannelListResponse,
  ChannelResponse,
  channelOf,
  isChannelId,
  LIST_PAGE_SIZE,
} from './shared/channel.ts';
import { hasWords, scan } from './shared/scan.ts';

/** https://docs.slack.dev/reference/methods/conversations.info#response */
const ChannelInfoResponse = z.object({ ok: z.literal(true), channel: ChannelResponse });

const ChannelOutput = z.strictObject({
  id: id(),
  name: text(80),
  topic: text(250).nullable().describe('The topic, or the purpose if there is no topic.'),
  is_private: z.boolean(),
  is_member: z.boolean(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_find_channel',
  effect: 'read',
  scopes: ['channels:read', 'groups:read'],
  description:
    'Finds Slack channels by name, topic or purpose, but no archived ones and no direct messages. Each page searches a part of the workspace: an empty one with next_cursor is not the end.',
  input: {
    query: textInput('Words of the name, topic or purpose, or a link or ID of the channel.', 250),
  },
  list: { key: 'channels', item: ChannelOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { query: 'product news' },
      output: {
        channels: [
          {
            id: 'C024BE7LR',
            name: 'product-news',
            topic: 'Releases and their notes',
            is_private: false,
            is_member: true,
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ query, page }, { api }) {
    const channel = channelOf(query.trim());
    if (isChannelId(channel) && page.cursor === undefined) {
      // https://docs.slack.dev/reference/methods/conversations.info
      const { body } = await api.get(path`/api/conversations.info`, {
        query: { channel },
        response: ChannelInfoResponse,
      });
      return { items: [toChannel(body.channel)] };
    }
    const words = query.replaceAll('#', ' ');
    return scan(page, async (cursor) => {
      // https://docs.slack.dev/reference/methods/conversations.list
      const { body } = await api.get(path`/api/conversations.list`, {
        query: { types: CHANNEL_TYPES, exclude_archived: true, limit: LIST_PAGE_SIZE, cursor },
        response: ChannelListResponse,
      });
      const found = (body.channels ?? []).filter((item) => isAbout(item, words));
      const isNamed = ({ name }: ChannelResponse) => hasWords([name], words);
      const items = [...found.filter(isNamed), ...found.filter((item) => !isNamed(item))].map(toChannel);
      return { items, next: body.response_metadata?.next_cursor };
    });
  },
});

function isAbout({ name, topic, purpose }: ChannelResponse, words: string): boolean {
  return hasWords([name, topic?.value, purpose?.value], words);
}

function toChannel(channel: ChannelResponse): z.input<typeof ChannelOutput> {
  const { id: channelId, name, topic, purpose, is_private, is_member } = channel;
  return {
    id: channelId,
    name: name ?? channelId,
    topic: topic?.value || purpose?.value || null,
    is_private: is_private ?? false,
    is_member: is_member ?? false,
  };
}

export const handler = createHandler(tool);
