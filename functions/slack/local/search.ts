import * as z from 'zod';
import { type Caller, demandScopes, flag, type Method, method, SlackError, wholeNumber } from './method.ts';
import { pageOf } from './page.ts';
import { type Channel, type Message, readableChannels } from './workspace.ts';

// A phrase in quotes, or a word without spaces. A hyphen in front excludes it.
const TERM = /(-?)(?:"([^"]*)"|(\S+))/g;
const PAGES_MAX = 100;
const SECONDS_PER_DAY = 86_400;

interface Found {
  message: Message;
  channel: Channel;
}

export const search: Record<string, Method> = {
  'search.messages': method(
    {
      query: z.string().default(''),
      sort: z.enum(['score', 'timestamp']).default('score'),
      sort_dir: z.enum(['asc', 'desc']).default('desc'),
      count: wholeNumber.min(1).max(100).default(20),
      page: wholeNumber.min(1).max(PAGES_MAX).default(1),
    },
    ['search:read'],
    ({ query, sort_dir, count, page }, caller) => {
      if (query.trim() === '') throw new SlackError('no_query');
      const all = findAll(query, caller);
      if (sort_dir === 'desc') all.reverse();
      const start = (page - 1) * count;
      const matches = all.slice(start, start + count).map((found) => matchBody(found, caller));
      const total = all.length;
      const pages = Math.ceil(total / count);
      const [first, last] = [start + 1, start + matches.length];
      const pagination = { total_count: total, page, per_page: count, page_count: pages, first, last };
      return { query, messages: { total, pagination, paging: { count, total, page, pages }, matches } };
    },
  ),

  // https://docs.slack.dev/reference/methods/assistant.search.context
  'assistant.search.context': method(
    {
      query: z.string().default(''),
      channel_types: z.string().default('public_channel'),
      include_bots: flag.default(false),
      include_archived_channels: flag.default(false),
      after: wholeNumber.default(0),
      before: wholeNumber.optional(),
      sort_dir: z.enum(['asc', 'desc']).default('desc'),
      limit: wholeNumber.min(1).max(20).default(20),
      cursor: z.string().optional(),
    },
    [],
    (
      { query, channel_types, include_bots, include_archived_channels, after, before, sort_dir, ...paging },
      caller,
    ) => {
      if (query.trim() === '') throw new SlackError('missing_query');
      const kinds = channel_types.split(',');
      demandScopes(
        caller,
        kinds.map((kind) => `search:read.${kind.replace('_channel', '')}`),
      );
      const found = findAll(query, caller).filter(
        ({ message, channel }) =>
          kinds.includes(channel.kind) &&
          (include_archived_channels || !channel.isArchived) &&
          (include_bots || !isOfBot(message, caller)) &&
          Number(message.ts) > after &&
          (before === undefined || Number(message.ts) < before),
      );
      if (sort_dir === 'desc') found.reverse();
      const { items, response_metadata } = pageOf(found, 'search', ({ message }) => message.ts, paging);
      return { results: { messages: items.map((item) => contextBody(item, caller)) }, response_metadata };
    },
  ),
};

function isOfBot({ userId }: Message, { workspace }: Caller): boolean {
  return userId === null || workspace.members.some(({ id, isBot }) => id === userId && isBot);
}

/** Returns the messages that the caller may read and that match a search, oldest first. */
function findAll(query: string, caller: Caller): Found[] {
  const channels = readableChannels(caller.workspace, caller.member);
  return caller.workspace.messages.flatMap((message): Found[] => {
    const channel = channels.find(({ id }) => id === message.channelId);
    return channel && isMatch(query, { message, channel }, caller) ? [{ message, channel }] : [];
  });
}

function isMatch(query: string, found: Found, caller: Caller): boolean {
  return [...query.matchAll(TERM)].every(([, minus = '', phrase, word = '']) => {
    const has = phrase === undefined ? hasTerm(word, found, caller) : hasText(found.message, phrase);
    return has === (minus === '');
  });
}

function hasTerm(term: string, { message, channel }: Found, { workspace, member }: Caller): boolean {
  const [, modifier = '', value = ''] = /^(from|in|after|before):(.*)$/.exec(term) ?? [];
  const name = value.replace(/^[@#]/, '');
  // A value can have the format of a mention, such as <@U123> or <#C123>.
  const [, id] = /^<[@#](\w+)>$/.exec(value) ?? [];
  const day = Date.parse(`${value}T00:00:00Z`) / 1_000;
  switch (modifier) {
    case 'from': {
      const author = workspace.members.find((candidate) => candidate.id === message.userId);
      if (value === 'me') return message.userId === member.id;
      return id === undefined ? author?.handle === name : message.userId === id;
    }
    case 'in':
      return id === undefined ? channel.name === name : channel.id === id;
    case 'after':
      return Number(message.ts) >= day + SECONDS_PER_DAY;
    case 'before':
      return Number(message.ts) < day;
    default:
      return hasText(message, term);
  }
}

function hasText({ text }: Message, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase());
}

function contextBody({ message, channel }: Found, caller: Caller) {
  const { ts, userId, text, more } = message;
  const { id: team_id } = caller.workspace.team;
  return {
    ...(userId !== null && { author_user_id: userId }),
    ...('bot_profile' in more && { author_name: Object(more.bot_profile).name }),
    team_id,
    channel_id: channel.id,
    ...(channel.kind !== 'im' && { channel_name: channel.name }),
    message_ts: ts,
    content: text,
    is_author_bot: isOfBot(message, caller),
    permalink: permalinkOf(message, caller),
  };
}

function permalinkOf({ channelId, ts, threadTs }: Message, { workspace: { team } }: Caller): string {
  const inThread = threadTs !== null && threadTs !== ts ? `?thread_ts=${threadTs}&cid=${channelId}` : '';
  return `https://${team.domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}${inThread}`;
}

function matchBody({ message, channel }: Found, caller: Caller) {
  const { team, members } = caller.workspace;
  const { ts, userId, text, more } = message;
  // In search results, the name of a direct message is the ID of the other person.
  const partner = channel.memberIds.find((id) => id !== caller.member.id) ?? caller.member.id;
  return {
    iid: `${channel.id}-${ts}`,
    team: team.id,
    score: 0,
    channel: {
      id: channel.id,
      name: channel.kind === 'im' ? partner : channel.name,
      is_channel: channel.kind === 'public_channel',
      is_private: channel.kind !== 'public_channel',
      is_im: channel.kind === 'im',
      is_mpim: channel.kind === 'mpim',
      is_shared: false,
      is_org_shared: false,
      is_ext_shared: false,
      is_pending_ext_shared: false,
      pending_shared: [],
    },
    type: 'message',
    user: userId ?? '',
    username: members.find(({ id }) => id === userId)?.handle ?? '',
    ts,
    text,
    ...more,
    permalink: permalinkOf(message, caller),
  };
}
