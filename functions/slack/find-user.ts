import { defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { hasWords, SCANNED_PAGE_SIZE, scan } from './shared/scan.ts';
import { describeUser, isPerson, namesIn, User, UserList, userOutput } from './shared/user.ts';

export const tool = defineTool({
  connector: slack,
  name: 'slack_find_user',
  effect: 'read',
  scopes: ['users:read', 'users:read.email'],
  description:
    'Finds people in Slack by name or e-mail address. Each page searches a part of the workspace: an empty one with next_cursor is not the end.',
  input: {
    query: z
      .string()
      .min(1)
      .max(254)
      .describe('A part of the name, or the whole address, such as ada@example.com.'),
  },
  list: { key: 'users', item: userOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { query: 'okafor' },
      output: {
        users: [
          { id: 'U024BE7LH', name: 'Ada Okafor', title: null, email: 'ada@example.com', timezone: null },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ query, page }, { api }) {
    if (/^\s*[^\s@]+@[^\s@]+\s*$/.test(query)) {
      // https://docs.slack.dev/reference/methods/users.lookupByEmail
      const { body } = await api.get(path`/api/users.lookupByEmail`, {
        query: { email: query.trim() },
        response: z.object({ ok: z.literal(true), user: User }),
      });
      return { items: [describeUser(body.user)] };
    }
    return scan(page, async (cursor) => {
      // https://docs.slack.dev/reference/methods/users.list
      const { body } = await api.get(path`/api/users.list`, {
        query: { limit: SCANNED_PAGE_SIZE, cursor },
        response: UserList,
      });
      const found = (body.members ?? []).filter((user) => isPerson(user) && hasWords(namesIn(user), query));
      return { items: found.map(describeUser), next: body.response_metadata?.next_cursor };
    });
  },
});

export const handler = createHandler(tool);
