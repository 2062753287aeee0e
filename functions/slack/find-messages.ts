import {
  boundInput,
  defineTool,
  id,
  path,
  readInput,
  ToolError,
  text,
  textInput,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { channelIdOf, channelInput } from './shared/channel.ts';
import { MessageOutput, withNames } from './shared/message.ts';
import { linkOf } from './shared/message-link.ts';
import { userIdIn } from './shared/user.ts';

const CHANNEL_TYPES = 'public_channel,private_channel,mpim,im';
// Slack returns at most this many results in one response.
const PAGE_MAX = 20;

const SEARCH_ERRORS = {
  feature_not_enabled: {
    code: 'permission_denied',
    message:
      'The workspace does not let apps search. Ask a workspace administrator, or read a channel with slack_catch_up_channel.',
  },
  assistant_search_context_disabled: { code: 'provider_unavailable' },
  query_too_long: {
    code: 'rejected_by_provider',
    message: 'The search is too long for Slack. Use fewer words.',
  },
  missing_query: { code: 'rejected_by_provider', message: 'Slack sees no words in the search. Use others.' },
} as const;

const FoundResponse = z.object({
  author_user_id: z.string().nullish(),
  author_name: z.string().nullish(),
  channel_id: id(),
  channel_name: z.string().nullish(),
  message_ts: id().regex(/^\d{1,10}\.\d{1,9}$/),
  content: z.string().nullish(),
  permalink: z.string().nullish(),
});

/** https://docs.slack.dev/reference/methods/assistant.search.context#response */
const FoundListResponse = z.object({
  ok: z.literal(true),
  results: z.object({ messages: z.array(FoundResponse).nullish() }).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

const FoundOutput = z.strictObject({
  channel: id(),
  channel_name: text(80).nullable(),
  ts: id(),
  thread_ts: id(),
  ...MessageOutput.shape,
  text: text(1_000),
  url: text(500).nullable(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_find_messages',
  effect: 'read',
  scopes: [
    'search:read.public',
    'search:read.private',
    'search:read.im',
    'search:read.mpim',
    'users:read',
    'usergroups:read',
    'channels:read',
    'groups:read',
  ],
  description:
    'Finds Slack messages by words, author or channel, and time, newest first. Read on from one with slack_read_thread.',
  input: {
    words: textInput('Words, or a phrase in quotes.', 400).optional(),
    author: readInput(
      'ID from slack_find_user, or me.',
      (trimmed) => userIdIn(trimmed) ?? (/^@?me$/i.test(trimmed) ? 'me' : trimmed),
      {
        pattern: /^(?:[UW][A-Z0-9]{2,20}|me)$/,
        expected: 'must be me, or the ID of a person, which slack_find_user returns',
      },
    ).optional(),
    channel: channelInput().optional(),
    since: boundInput('A day begins in UTC.').optional(),
    until: boundInput('Exclusive; a day begins in UTC.').optional(),
  },
  list: { key: 'messages', item: FoundOutput, default: 10, maximum: PAGE_MAX },
  examples: [
    {
      input: { words: 'fitting' },
      output: {
        messages: [
          {
            channel: 'C024BE7LR',
            channel_name: 'product-news',
            ts: '1795161900.000100',
            thread_ts: '1795161900.000100',
            sent_at: '2026-11-20T08:05:00Z',
            author: 'Emil Novak',
            text: 'The fitting takes 18 hours.',
            url: 'https://example.slack.com/archives/C024BE7LR/p1795161900000100',
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ page, channel, ...wanted }, context) {
    const place = channel === undefined ? undefined : await channelIdOf(channel, context.api);
    // https://docs.slack.dev/reference/methods/assistant.search.context
    const { body } = await context.api.post(path`/api/assistant.search.context`, {
      form: { ...toSearch(wanted, place), limit: page.size, cursor: page.cursor },
      response: FoundListResponse,
      errors: SEARCH_ERRORS,
    });
    const found = (body.results?.messages ?? []).map((message) => ({
      ...message,
      ts: message.message_ts,
      user: message.author_user_id,
      username: message.author_name,
      text: message.content,
    }));
    const { items } = await withNames(found, context);
    return { items: items.map(toFound), next: body.response_metadata?.next_cursor };
  },
});

interface Wanted {
  words?: string | undefined;
  author?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/**
 * Returns the arguments of the search.
 * @throws ToolError if the input has only a period, because Slack cannot search for a period
 */
function toSearch({ words, author, since, until }: Wanted, channel: string | undefined) {
  const from = author === undefined || author === 'me' ? author : `<@${author}>`;
  const query = [words, from && `from:${from}`, channel && `in:<#${channel}>`].filter(Boolean).join(' ');
  if (query === '')
    throw new ToolError('invalid_input', {
      details: [{ path: '', issue: 'needs at least one of words, author and channel' }],
    });
  return {
    query,
    channel_types: CHANNEL_TYPES,
    include_bots: true,
    include_archived_channels: true,
    // By default, Slack also returns messages that have a similar meaning but do not contain the words.
    disable_semantic_search: true,
    after: since && Math.floor(Date.parse(since) / 1_000),
    before: until && Math.ceil(Date.parse(until) / 1_000),
    sort: 'timestamp',
  };
}

interface Found {
  message: z.output<typeof FoundResponse>;
  output: z.input<typeof MessageOutput>;
}

function toFound({ message, output }: Found): z.input<typeof FoundOutput> {
  const { channel_id, channel_name, message_ts, permalink } = message;
  return {
    channel: channel_id,
    channel_name: channel_name || null,
    ...output,
    ...linkOf(message_ts, permalink),
  };
}

export const handler = createHandler(tool);
