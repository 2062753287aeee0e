import { boundInput, defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { MatchList, matchOutput, placeOf } from './shared/match.ts';
import { withNames } from './shared/message.ts';

const SINCE = 'Leaves out older ones: 2026-11-20T08:00Z.';
const PAGE_MAX = 100; // Slack's own.
const Identity = z.object({ ok: z.literal(true), user_id: z.string().regex(/^[UW][A-Z0-9]{2,20}$/) });

export const tool = defineTool({
  connector: slack,
  name: 'slack_list_mentions',
  effect: 'read',
  scopes: ['search:read', 'users:read'],
  description:
    'Lists the Slack messages that mention the user by name, newest first; not those to a group or to everyone.',
  input: { since: boundInput(SINCE).optional() },
  list: { key: 'mentions', item: matchOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { since: '2026-11-20' },
      output: {
        mentions: [
          {
            channel: 'C024BE91L',
            channel_name: 'sales',
            thread_ts: '1795161900.000100',
            at: '2026-11-20T08:05:00Z',
            author: 'Jonas Keller',
            text: '@Ada Okafor the fitting takes 18 hours.',
            url: 'https://example.slack.com/archives/C024BE91L/p1795161900000100',
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ since, page }, context) {
    // https://docs.slack.dev/reference/methods/auth.test
    const { body: user } = await context.api.post(path`/api/auth.test`, { response: Identity });
    const number = Number(page.cursor ?? 1);
    const query = { query: `<@${user.user_id}>`, sort: 'timestamp', count: page.size, page: number };
    // https://docs.slack.dev/reference/methods/search.messages
    const { body } = await context.api.get(path`/api/search.messages`, { query, response: MatchList });
    const matches = body.messages?.matches ?? [];
    const told = matches.filter(({ ts }) => since === undefined || Number(ts) * 1_000 >= Date.parse(since));
    const named = await withNames(told, context);
    const items = named.map(({ message, written }) => ({ ...placeOf(message), ...written }));
    const isLast =
      number >= Math.min(body.messages?.paging?.pages ?? 1, PAGE_MAX) || told.length < matches.length;
    return { items, next: isLast ? null : String(number + 1) };
  },
});

export const handler = createHandler(tool);
