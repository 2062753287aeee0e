import * as z from 'zod';
import { type Caller, type Method, method, SlackError, wholeNumber } from './method.ts';
import { type Channel, type Message, readableChannels } from './workspace.ts';

// A phrase in quotes, or a word between spaces.
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
      const { messages } = caller.workspace;
      const channels = readableChannels(caller.workspace, caller.member);
      const all = messages.flatMap((message): Found[] => {
        const channel = channels.find(({ id }) => id === message.channelId);
        return channel && isMatch(query, { message, channel }, caller) ? [{ message, channel }] : [];
      });
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
};

function isMatch(query: string, found: Found, caller: Caller): boolean {
  return [...query.matchAll(TERM)].every(([, minus = '', phrase, word = '']) => {
    const has = phrase === undefined ? hasTerm(word, found, caller) : hasText(found.message, phrase);
    return has === (minus === '');
  });
}

function hasTerm(term: string, { message, channel }: Found, { workspace, member }: Caller): boolean {
  const [, modifier = '', value = ''] = /^(from|in|after|before):(.*)$/.exec(term) ?? [];
  const name = value.replace(/^[@#]/, '');
  const day = Date.parse(`${value}T00:00:00Z`) / 1_000;
  switch (modifier) {
    case 'from': {
      const author = workspace.members.find(({ id }) => id === message.userId);
      return value === 'me' ? message.userId === member.id : author?.handle === name;
    }
    case 'in':
      return channel.name === name;
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

function matchBody({ message, channel }: Found, { workspace: { team, members }, member }: Caller) {
  const { ts, threadTs, userId, text, more } = message;
  // The name of a direct message is the ID of the other person.
  const partner = channel.memberIds.find((id) => id !== member.id) ?? member.id;
  const inThread = threadTs !== null && threadTs !== ts ? `?thread_ts=${threadTs}&cid=${channel.id}` : '';
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
    permalink: `https://${team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${inThread}`,
  };
}
