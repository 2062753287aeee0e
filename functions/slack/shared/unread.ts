import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import {
  type ErrorCode,
  ifReadable,
  type ProviderClient,
  path,
  type RunContext,
  ToolError,
} from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ConversationResponse } from './joined-conversations.ts';
import { hasContent, type MessageResponse } from './message.ts';
import { messageText } from './message-text.ts';
import { byTs, HistoryResponse } from './older-threads.ts';
import { mentionedIn } from './plain-text.ts';
import { isAppName } from './user.ts';

/**
 * Reads at most this many unread messages of a conversation. Apps outside Slack's marketplace get no more in one
 * response.
 */
export const UNREAD_MAX = 15;
const CONCURRENCY = 5;
// The longest wait for Slack, which may be slow. After this time, the tool returns the conversations that it has read.
const WAIT_MAX_MS = 8_000;
const TEMPORARY: readonly ErrorCode[] = ['rate_limited', 'provider_unavailable', 'provider_timeout'];
const UNREADABLE: readonly ErrorCode[] = ['not_found', 'invalid_provider_response'];
const HIDDEN = { code: 'not_found' } as const;
const NOT_READABLE = { channel_is_limited_access: HIDDEN, not_in_channel: HIDDEN };
const TOO_OFTEN = 'Slack limits the rate. Wait a minute, then go on with next_cursor.';
const TOO_SLOW = 'Slack did not answer in time. Go on with next_cursor.';
const SLACKBOT_ID = 'USLACKBOT';

const ConversationInfoResponse = z.object({ ok: z.literal(true), channel: ConversationResponse });

/** A conversation with unread messages. */
export interface UnreadConversation {
  conversation: ConversationResponse;
  /** Oldest first, at most {@link UNREAD_MAX}. */
  messages: MessageResponse[];
  hasMore: boolean;
  mentionsUser: boolean;
}

/**
 * The result of reading conversations in order. It ends before the first conversation that was not read in
 * time.
 */
interface Opened {
  /** The number of conversations in this result. */
  count: number;
  unread: UnreadConversation[];
  /** The number of conversations that could not be read, or whose last read message is unknown. */
  unknownCount: number;
  /** A sentence if some conversations were not read. */
  missing: string | undefined;
}

/**
 * Reads the unread messages of conversations, and stops if Slack limits the rate or is too slow.
 * @param userId the account's user. `mentionsUser` shows mentions of this user. Messages by this user do not
 * count as unread.
 * @throws ToolError if the first conversation could not be read
 */
export async function openConversations(
  conversations: readonly ConversationResponse[],
  userId: string,
  { api, signal }: RunContext,
): Promise<Opened> {
  const opened = new Map<ConversationResponse, UnreadConversation | undefined>();
  const failures: ToolError[] = [];
  const open = async (conversation: ConversationResponse) => {
    if (failures.length > 0) return;
    try {
      opened.set(conversation, await ifReadable(unreadIn(conversation, userId, api), UNREADABLE));
    } catch (error) {
      if (!(error instanceof ToolError && TEMPORARY.includes(error.code))) throw error;
      failures.push(error);
    }
  };
  await Promise.race([
    pMap(conversations, open, { concurrency: CONCURRENCY, signal }),
    sleep(WAIT_MAX_MS, undefined, { signal }),
  ]);
  const gap = conversations.findIndex((conversation) => !opened.has(conversation));
  if (gap >= 0) failures.push(new ToolError('provider_timeout'));
  const [failure] = failures;
  if (failure && gap === 0) throw failure;
  // Results after the first gap are dropped, because the next page starts at the gap.
  const inOrder = conversations.slice(0, gap < 0 ? undefined : gap).map((each) => opened.get(each));
  const known = inOrder.filter((each) => each !== undefined);
  return {
    count: inOrder.length,
    unread: known.filter(({ messages, hasMore }) => messages.length > 0 || hasMore),
    unknownCount: inOrder.length - known.length,
    missing: failure && (failure.code === 'rate_limited' ? TOO_OFTEN : TOO_SLOW),
  };
}

async function unreadIn(
  conversation: ConversationResponse,
  userId: string,
  api: ProviderClient,
): Promise<UnreadConversation | undefined> {
  const { id: channel } = conversation;
  const lastRead = conversation.last_read || (await lastReadOf(channel, api));
  if (!lastRead) return undefined;
  // https://docs.slack.dev/reference/methods/conversations.history
  const { body } = await api.get(path`/api/conversations.history`, {
    query: { channel, oldest: lastRead, limit: UNREAD_MAX },
    response: HistoryResponse,
    errors: NOT_READABLE,
  });
  const messages = (body.messages ?? [])
    .filter((message) => message.user !== userId && hasContent(message))
    .toSorted(byTs);
  return {
    conversation,
    messages,
    hasMore: body.has_more ?? false,
    mentionsUser: messages.some((message) => mentionedIn(messageText(message)).includes(userId)),
  };
}

async function lastReadOf(channel: string, api: ProviderClient): Promise<string | null | undefined> {
  // https://docs.slack.dev/reference/methods/conversations.info
  const { body } = await api.get(path`/api/conversations.info`, {
    query: { channel },
    response: ConversationInfoResponse,
    errors: NOT_READABLE,
  });
  return body.channel.last_read;
}

/**
 * Returns a function that compares two conversations by importance. Equally important conversations are compared by
 * their newest message.
 * @param names the names of authors by user ID
 */
export function byImportance(names: ReadonlyMap<string, string>) {
  return (one: UnreadConversation, other: UnreadConversation): number =>
    rank(one, names) - rank(other, names) || newestIn(other) - newestIn(one);
}

function rank(
  { conversation: { is_im, is_mpim }, mentionsUser, messages }: UnreadConversation,
  names: ReadonlyMap<string, string>,
): number {
  if (messages.every((message) => isOfApp(message, names)) && !mentionsUser) return 4;
  return is_im ? 0 : mentionsUser ? 1 : is_mpim ? 2 : 3;
}

/** Returns whether an app wrote a message. If a person posts through an app, the message also has the app's ID. */
function isOfApp({ user, bot_id }: MessageResponse, names: ReadonlyMap<string, string>): boolean {
  const name = names.get(user ?? '');
  return user === SLACKBOT_ID || (name === undefined ? Boolean(bot_id) : isAppName(name));
}

function newestIn({ messages }: UnreadConversation): number {
  return Number(messages.at(-1)?.ts ?? 0);
}
