import { defineTool, path, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { LIST_PAGE_SIZE } from './shared/channel.ts';
import { hasWords, scan } from './shared/scan.ts';
import {
  emailIn,
  isPerson,
  namesIn,
  toUser,
  UserListResponse,
  UserResponse,
  userIdIn,
  userOutput,
} from './shared/user.ts';

const OneUserResponse = z.object({ ok: z.literal(true), user: UserResponse });

export const tool = defineTool({
  connector: slack,
  name: 'slack_find_user',
  effect: 'read',
  scopes: ['users:read', 'users:read.email'],
  description:
    'Finds people in Slack by name or e-mail address; an ID opens a direct message with slack_send_message. Each page searches a part of the workspace: an empty one with next_cursor is not the end.',
  input: {
    query: textInput('Part of the name, @handle, whole e-mail address, or ID of the person.', 400),
  },
  list: { key: 'users', item: userOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { query: 'brandt' },
      output: {
        users: [
          { id: 'U024BE7LH', name: 'Nadia Brandt', title: null, email: 'nadia@example.com', timezone: null },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ query, page }, { api }) {
    const user = userIdIn(query.trim());
    if (user !== undefined) {
      // https://docs.slack.dev/reference/methods/users.info
      const { body } = await api.get(path`/api/users.info`, { query: { user }, response: OneUserResponse });
      return { items: [toUser(body.user)] };
    }
    const email = emailIn(query.trim());
    if (email !== undefined) {
      // https://docs.slack.dev/reference/methods/users.lookupByEmail
      const { body } = await api.get(path`/api/users.lookupByEmail`, {
        query: { email },
        response: OneUserResponse,
      });
      return { items: [toUser(body.user)] };
    }
    const words = query.trim().replace(/^@/, '');
    return scan(page, async (cursor) => {
      // https://docs.slack.dev/reference/methods/users.list
      const { body } = await api.get(path`/api/users.list`, {
        query: { limit: LIST_PAGE_SIZE, cursor },
        response: UserListResponse,
      });
      const found = (body.members ?? []).filter(
        (member) => isPerson(member) && hasWords(namesIn(member), words),
      );
      return { items: found.map(toUser), next: body.response_metadata?.next_cursor };
    });
  },
});

export const handler = createHandler(tool);
