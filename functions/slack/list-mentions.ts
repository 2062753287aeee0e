import { boundInput, completeness, completenessOutput, defineTool, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { withNames } from './shared/message.ts';
import { MatchListResponse, matchOutput, partnerOf, toPlace } from './shared/search-match.ts';

// Slack's search ends there: https://docs.slack.dev/reference/methods/search.messages
const PAGE_MAX = 100;
const IdentityResponse = z.object({
  ok: z.literal(true),
  user_id: z.string().regex(/^[UW][A-Z0-9]{2,20}$/),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_list_mentions',
  effect: 'read',
  scopes: ['search:read', 'users:read'],
  description:
    'Lists the Slack messages that mention the user by name, newest first; not those to a group or to everyone. Read on from one with slack_read_thread.',
  input: {
    since: boundInput('Leaves out older messages. A day begins in UTC.').optional(),
  },
  output: completenessOutput,
  list: { key: 'mentions', item: matchOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { since: '2026-11-20' },
      output: {
        mentions: [
          {
            channel: 'C024BE7LR',
            channel_name: 'product-news',
            thread_ts: '1795161900.000100',
            sent_at: '2026-11-20T08:05:00Z',
            author: 'Emil Novak',
            text: '@Nadia Brandt the fitting takes 18 hours.',
            url: 'https://example.slack.com/archives/C024BE7LR/p1795161900000100',
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

  async run({ since, page }, context) {
    // https://docs.slack.dev/reference/methods/auth.test
    const { body: user } = await context.api.post(path`/api/auth.test`, { response: IdentityResponse });
    const number = Number(page.cursor ?? 1);
    const query = { query: `<@${user.user_id}>`, sort: 'timestamp', count: page.size, page: number };
    // https://docs.slack.dev/reference/methods/search.messages
    const { body } = await context.api.get(path`/api/search.messages`, {
      query,
      response: MatchListResponse,
    });
    const matches = body.messages?.matches ?? [];
    const told = matches.filter(({ ts }) => since === undefined || Number(ts) * 1_000 >= Date.parse(since));
    const { items, names } = await withNames(
      told,
      context,
      told.flatMap((match) => partnerOf(match) ?? []),
    );
    const pages = body.messages?.paging?.pages ?? 1;
    const isOver = told.length < matches.length;
    const isCutOff = !isOver && number >= PAGE_MAX && pages > PAGE_MAX;
    return {
      items: items.map(({ message, written }) => ({ ...toPlace(message, names), ...written })),
      next: isOver || number >= Math.min(pages, PAGE_MAX) ? null : String(number + 1),
      ...completeness([
        isCutOff && 'Slack gives no older mentions. Use a larger max_results to reach further.',
      ]),
    };
  },
});

export const handler = createHandler(tool);
