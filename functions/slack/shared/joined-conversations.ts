import { id } from 'scalekit-lambda-tools';
import * as z from 'zod';

// Slack allows 50 requests a minute. Few people are in more than 1,000 conversations.
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
 * Returns the conversations of a listing that are open and can be read. Direct messages and channels
 * alternate, so that many conversations of one kind do not displace the other kind.
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
  // A conversation can move to a later page while the pages are read, so it may occur twice.
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

/** Returns whether the conversation is a direct message, with one person or with a group. */
export function isDirect({ is_im, is_mpim }: ConversationResponse): boolean {
  return Boolean(is_im || is_mpim);
}

function inTurns<Item>(ones: readonly Item[], others: readonly Item[]): Item[] {
  const longer = ones.length > others.length ? ones : others;
  return longer.flatMap((_, index) => [...ones.slice(index, index + 1), ...others.slice(index, index + 1)]);
}
