import {
  boundInput,
  completeness,
  completenessOutput,
  defineTool,
  id,
  path,
  text,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { ownUserId } from './shared/identity.ts';
import { MessageOutput, MessageResponse, withNames } from './shared/message.ts';
import { linkOf } from './shared/message-link.ts';

// Slack's search returns no pages after this number. https://docs.slack.dev/reference/methods/search.messages
const PAGE_MAX = 100;

const USER_ID = /^[UW][A-Z0-9]{2,20}$/;

const MatchResponse = MessageResponse.extend({
  channel: z.object({ id: id(), name: z.string().nullish() }).nullish(),
  permalink: z.string().nullish(),
});
type MatchResponse = z.output<typeof MatchResponse>;

/** https://docs.slack.dev/reference/methods/search.messages#response */
const MatchListResponse = z.object({
  ok: z.literal(true),
  messages: z
    .object({
      matches: z.array(MatchResponse).nullish(),
      paging: z.object({ pages: z.int().nullish() }).nullish(),
    })
    .nullish(),
});

const MentionOutput = z.strictObject({
  channel: id().nullable(),
  channel_name: text(80).nullable().describe('For a direct message, the other person.'),
  ts: id(),
  thread_ts: id(),
  ...MessageOutput.shape,
  url: text(500).nullable(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_list_mentions',
  effect: 'read',
  scopes: ['search:read', 'users:read', 'usergroups:read'],
  description:
    'Lists the Slack messages that mention the user by name, newest first; not those to a group or to everyone. Read on from one with slack_read_thread.',
  input: {
    since: boundInput('Leaves out older messages. A day begins in UTC.').optional(),
  },
  output: completenessOutput,
  list: { key: 'mentions', item: MentionOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { since: '2026-11-20' },
      output: {
        mentions: [
          {
            channel: 'C024BE7LR',
            channel_name: 'product-news',
            ts: '1795161900.000100',
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
    const userId = await ownUserId(context.api);
    const number = Number(page.cursor ?? 1);
    // https://docs.slack.dev/reference/methods/search.messages
    const { body } = await context.api.get(path`/api/search.messages`, {
      query: { query: `<@${userId}>`, sort: 'timestamp', count: page.size, page: number },
      response: MatchListResponse,
    });
    const matches = body.messages?.matches ?? [];
    const wanted = matches.filter(({ ts }) => since === undefined || Number(ts) * 1_000 >= Date.parse(since));
    const { items, names } = await withNames(wanted, context, wanted.flatMap(partnerOf));
    const pages = body.messages?.paging?.pages ?? 1;
    const hasOlder = wanted.length < matches.length;
    const isCut = !hasOlder && number >= PAGE_MAX && pages > PAGE_MAX;
    return {
      items: items.map(({ message, output }) => ({ ...toPlace(message, names), ...output })),
      next: hasOlder || number >= Math.min(pages, PAGE_MAX) ? null : String(number + 1),
      ...completeness([
        isCut && 'Slack returns no older mentions. Use a larger max_results to reach further.',
      ]),
    };
  },
});

/** Returns the ID of the other person in a direct message. In search results, this ID is the name of the channel. */
function partnerOf({ channel }: MatchResponse): string[] {
  return channel?.name && USER_ID.test(channel.name) ? [channel.name] : [];
}

/** Returns the outputs for the location of a message. */
function toPlace(match: MatchResponse, names: ReadonlyMap<string, string>) {
  const { ts, channel, permalink } = match;
  return {
    channel: channel?.id ?? null,
    channel_name: names.get(partnerOf(match)[0] ?? '') ?? (channel?.name || null),
    ...linkOf(ts, permalink),
  };
}

export const handler = createHandler(tool);
