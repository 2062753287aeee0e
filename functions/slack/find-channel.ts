import { defineTool, id, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { ChannelList } from './shared/channel-list.ts';
import { slack } from './connector.ts';
import { hasWords, SCANNED_PAGE_SIZE, scan } from './shared/scan.ts';

const Channel = z.strictObject({
  id: id(),
  name: text(80),
  topic: text(250).nullable(),
  is_private: z.boolean(),
  is_member: z.boolean(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_find_channel',
  effect: 'read',
  scopes: ['channels:read', 'groups:read'],
  description:
    'Finds Slack channels by name, but no archived ones. Each page searches a part of the workspace: an empty one with next_cursor is not the end.',
  input: { name: z.string().min(1).max(80).describe('A part of the name, such as sales.') },
  list: { key: 'channels', item: Channel, default: 10, maximum: 100 },
  examples: [
    {
      input: { name: 'sales' },
      output: {
        channels: [
          { id: 'C024BE91L', name: 'sales', topic: 'Offers and leases', is_private: false, is_member: true },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ name, page }, { api }) {
    const types = 'public_channel,private_channel';
    return scan(page, async (cursor) => {
      // https://docs.slack.dev/reference/methods/conversations.list
      const { body } = await api.get(path`/api/conversations.list`, {
        query: { types, exclude_archived: true, limit: SCANNED_PAGE_SIZE, cursor },
        response: ChannelList,
      });
      const items = (body.channels ?? []).map((channel) => ({
        id: channel.id,
        name: channel.name ?? channel.id,
        topic: channel.topic?.value || null,
        is_private: channel.is_private ?? false,
        is_member: channel.is_member ?? false,
      }));
      const found = items.filter((channel) => hasWords([channel.name], name.replaceAll('#', ' ')));
      return { items: found, next: body.response_metadata?.next_cursor };
    });
  },
});

export const handler = createHandler(tool);
