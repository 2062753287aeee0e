import { id } from 'scalekit-lambda-tools';
import * as z from 'zod';

// Slack allows 50 calls a minute. Few people are in more than 1,000 conversations.
const PAGES_MAX = 5;

/** https://docs.slack.dev/reference/objects/conversation-object */
export const ConversationResponse = z.object({
  id: id(),
  name: z.string().nullish(),
  user: z.string().nullish(),
  is_im: z.boolean().nullish(),
  is_mpim: z.boolean().nullish(),
  is_private: z.boolean().nullish(),
  is_open: z.boolean().nullish(),
  is_user_deleted: z.boolean().nullish(),
  last_read: z.string().nullish(),
});
export type ConversationResponse = z.output<typeof ConversationResponse>;

/** https://docs.slack.dev/reference/methods/users.conversations#response */
export const ConversationListResponse = z.object({
  ok: z.literal(true),
  channels: z.array(ConversationResponse).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/**
 * Returns the conversations of a listing that can be read and are not closed. Direct messages and channels take
 * turns, so that many of one kind do not keep out the other.
 * @param pageAt reads one page of the listing
 * @returns the conversations, and whether Slack has more
 */
export async function joinedConversations(
  pageAt: (cursor: string | undefined) => Promise<z.output<typeof ConversationListResponse>>,
) {
  const all: ConversationResponse[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const { channels, response_metadata } = await pageAt(cursor);
    all.push(...(channels ?? []));
    cursor = response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  // While Slack returns the pages, a conversation can move to a later one.
  const once = [...new Map(all.map((conversation) => [conversation.id, conversation])).values()];
  const open = once.filter(({ is_open, is_user_deleted }) => is_open !== false && !is_user_deleted);
  return {
    conversations: inTurns(
      open.filter(isDirect),
      open.filter((conversation) => !isDirect(conversation)),
    ),
    hasMore: cursor !== undefined,
  };
}

/** Returns whether it is a direct message to one person or to a group. */
export function isDirect({ is_im, is_mpim }: ConversationResponse): boolean {
  return Boolean(is_im || is_mpim);
}

function inTurns<Item>(ones: readonly Item[], others: readonly Item[]): Item[] {
  const longer = ones.length > others.length ? ones : others;
  return longer.flatMap((_, index) => [...ones.slice(index, index + 1), ...others.slice(index, index + 1)]);
}
