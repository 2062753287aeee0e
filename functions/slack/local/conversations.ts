import * as z from 'zod';
import { messageBody } from './message-body.ts';
import {
  type Caller,
  channelById,
  channelScope,
  demandScopes,
  flag,
  type Method,
  method,
  SlackError,
  wholeNumber,
} from './method.ts';
import { pageOf } from './page.ts';
import {
  type Channel,
  directMessages,
  type Message,
  readableChannels,
  readerKey,
  repliesTo,
} from './workspace.ts';

const KINDS = ['public_channel', 'private_channel', 'mpim', 'im'] as const;
const NEVER = '0000000000.000000';
const TS = /^\d{1,10}(\.\d{1,6})?$/;
const LISTING = {
  types: z.string().default('public_channel'),
  exclude_archived: flag.default(false),
  limit: wholeNumber.default(100),
  cursor: z.string().optional(),
};
const SPAN = {
  channel: z.string(),
  limit: wholeNumber.min(1).max(1_000).default(100),
  cursor: z.string().optional(),
  oldest: z.string().default('0'),
  latest: z.string().optional(),
  inclusive: flag.default(false),
};

export const conversations: Record<string, Method> = {
  'conversations.list': method(LISTING, [], (given, caller) => listBody(given, caller, () => true)),

  // https://docs.slack.dev/reference/methods/users.conversations
  'users.conversations': method(
    { ...LISTING, exclude_muted: flag.default(false) },
    [],
    ({ exclude_muted, ...given }, caller) => {
      const { workspace, member } = caller;
      return listBody(given, caller, ({ id, memberIds }) => {
        const isMuted = workspace.muted.includes(readerKey(member.id, id));
        return memberIds.includes(member.id) && !(exclude_muted && isMuted);
      });
    },
  ),

  'conversations.info': method({ channel: z.string() }, [], ({ channel: id }, caller) => {
    const channel = channelById(caller, id);
    demandScopes(caller, [channelScope(channel.kind, 'read')]);
    const { workspace, member } = caller;
    const isMember = channel.memberIds.includes(member.id);
    const last_read = workspace.lastRead[readerKey(member.id, channel.id)] ?? NEVER;
    // Slack returns `last_read` only to members of the channel.
    return { channel: { ...channelBody(channel, caller), ...(isMember && { last_read }) } };
  }),

  // Accepts one user, because the emulator does not open group conversations.
  'conversations.open': method({ users: z.string() }, ['im:write'], ({ users }, { workspace, member }) => {
    const opened = directMessages(workspace, member.id, users);
    if (!opened) throw new SlackError('user_not_found');
    return { channel: { id: opened.id } };
  }),

  'conversations.history': method(SPAN, [], ({ channel, ...span }, caller) => {
    const { id } = readable(channel, caller);
    const all = caller.workspace.messages.filter(
      ({ channelId, ts, threadTs }) => channelId === id && (threadTs === null || threadTs === ts),
    );
    const spanned = between(all, span).reverse();
    // Without `latest`, the first page has the messages closest to `oldest`, and later pages have newer messages. Each
    // page is sorted newest first.
    const isForward = span.oldest !== '0' && span.latest === undefined && span.cursor === undefined;
    const from = isForward ? Math.max(0, spanned.length - span.limit) : 0;
    const { items, hasMore, response_metadata } = pageOf(
      spanned.slice(from),
      'next_ts',
      ({ ts }) => ts,
      span,
    );
    return {
      messages: items.map((message) => messageBody(message, caller)),
      has_more: hasMore || from > 0,
      pin_count: 0,
      response_metadata,
    };
  }),

  'conversations.replies': method({ ...SPAN, ts: z.string() }, [], ({ channel, ts, ...span }, caller) => {
    const { id } = readable(channel, caller);
    const { messages } = caller.workspace;
    const found = messages.find((message) => message.channelId === id && message.ts === ts);
    if (!found) throw new SlackError('thread_not_found');
    // If `ts` belongs to a reply, Slack returns only that reply.
    const first = found;
    // The first message of the thread is on every page, and counts towards the limit.
    const limit = Math.max(1, span.limit - 1);
    const replies = between(repliesTo(caller.workspace, first), span);
    const { items, hasMore, response_metadata } = pageOf(replies, 'next_ts', (reply) => reply.ts, {
      ...span,
      limit,
    });
    return {
      messages: [first, ...items].map((message) => messageBody(message, caller)),
      has_more: hasMore,
      response_metadata,
    };
  }),
};

/** Returns one page of the channels that the caller may read and that match the request. */
function listBody(
  { types, exclude_archived, ...paging }: z.output<z.ZodObject<typeof LISTING>>,
  caller: Caller,
  isWanted: (channel: Channel) => boolean,
) {
  const named = new Set(types.split(',').map((type) => type.trim()));
  const kinds = KINDS.filter((kind) => named.has(kind));
  if (kinds.length < named.size) throw new SlackError('invalid_types');
  demandScopes(
    caller,
    kinds.map((kind) => channelScope(kind, 'read')),
  );
  if (paging.limit < 1 || paging.limit > 999) throw new SlackError('invalid_limit');
  const all = readableChannels(caller.workspace, caller.member).filter(
    (channel) =>
      kinds.includes(channel.kind) && !(exclude_archived && channel.isArchived) && isWanted(channel),
  );
  const { items, response_metadata } = pageOf(all, 'team', ({ id }) => id, paging);
  return { channels: items.map((channel) => channelBody(channel, caller)), response_metadata };
}

function readable(id: string, caller: Caller): Channel {
  const channel = channelById(caller, id);
  demandScopes(caller, [channelScope(channel.kind, 'history')]);
  return channel;
}

function between(
  messages: readonly Message[],
  { oldest, latest, inclusive }: { oldest: string; latest?: string | undefined; inclusive: boolean },
): Message[] {
  if (!TS.test(oldest)) throw new SlackError('invalid_ts_oldest');
  if (latest !== undefined && !TS.test(latest)) throw new SlackError('invalid_ts_latest');
  return messages.filter(({ ts }) => {
    if (ts === oldest || ts === latest) return inclusive;
    return Number(ts) > Number(oldest) && (latest === undefined || Number(ts) < Number(latest));
  });
}

function channelBody(
  { id, name, kind, topic, purpose, memberIds, isArchived, created }: Channel,
  caller: Caller,
) {
  const { team, members } = caller.workspace;
  const [owner] = members;
  const partnerId = memberIds.find((memberId) => memberId !== caller.member.id) ?? caller.member.id;
  const isDeleted = members.some((member) => member.id === partnerId && member.isDeleted);
  return {
    id,
    ...(kind === 'im'
      ? { user: partnerId, is_user_deleted: isDeleted }
      : { name, name_normalized: name, creator: owner?.id ?? '' }),
    is_channel: kind === 'public_channel',
    is_group: kind === 'private_channel',
    is_im: kind === 'im',
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public_channel',
    is_archived: isArchived,
    is_general: name === 'general',
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    is_member: memberIds.includes(caller.member.id),
    created,
    updated: created * 1_000,
    context_team_id: team.id,
    topic: { value: topic, creator: owner?.id ?? '', last_set: created },
    purpose: { value: purpose, creator: '', last_set: 0 },
    previous_names: [],
    num_members: memberIds.length,
  };
}
