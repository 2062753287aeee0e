import {
  completeness,
  completenessOutput,
  defineTool,
  id,
  path,
  type RunContext,
  text,
  time,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { CHANNEL_TYPES, LIST_PAGE_SIZE } from './shared/channel.ts';
import { ownUserId } from './shared/identity.ts';
import {
  ConversationListResponse,
  type ConversationResponse,
  isDirect,
  joinedConversations,
} from './shared/joined-conversations.ts';
import { READ_SCOPES, withNames } from './shared/message.ts';
import { byImportance, openConversations, UNREAD_MAX, type UnreadConversation } from './shared/unread.ts';

// Each conversation needs two calls, to two methods. Slack allows 50 calls a minute to each method.
const OPENED_MAX = 50;
const TYPES = `im,mpim,${CHANNEL_TYPES}`;
const MESSAGES_MAX = 3;

const ConversationOutput = z.strictObject({
  channel: id(),
  name: text(80).nullable(),
  is_direct: z.boolean(),
  is_mentioned: z.boolean(),
  unread_count: z.int().min(0).max(UNREAD_MAX).describe(`${UNREAD_MAX} means that or more.`),
  unread_since: time().nullable(),
  messages: z.array(text(300)).max(MESSAGES_MAX).describe('The first ones, each after its author.'),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_list_unread',
  effect: 'read',
  scopes: [...READ_SCOPES, 'im:read', 'mpim:read'],
  description:
    'Lists the Slack conversations with unread messages, the most important first; not muted ones, and no replies in threads. Each page opens 50: an empty one with next_cursor is not the end. Read one from unread_since with slack_catch_up_channel.',
  output: {
    ...completenessOutput,
    not_opened: z.int().min(0).describe('Left for next_cursor.'),
  },
  list: { key: 'conversations', item: ConversationOutput, default: 20, maximum: OPENED_MAX },
  examples: [
    {
      input: {},
      output: {
        conversations: [
          {
            channel: 'C024BE7LR',
            name: 'product-news',
            is_direct: false,
            is_mentioned: true,
            unread_count: 1,
            unread_since: '2026-11-20T08:05:00Z',
            messages: ['Emil Novak: @Nadia Brandt the fitting takes 18 hours.'],
          },
        ],
        is_complete: true,
        missing: [],
        not_opened: 0,
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ page }, context) {
    const userId = await ownUserId(context.api);
    const { conversations, hasMore } = await joinedConversations(async (cursor) => {
      // https://docs.slack.dev/reference/methods/users.conversations
      const { body } = await context.api.get(path`/api/users.conversations`, {
        query: { types: TYPES, exclude_archived: true, exclude_muted: true, limit: LIST_PAGE_SIZE, cursor },
        response: ConversationListResponse,
      });
      return body;
    });
    const start = Number(page.cursor ?? 0);
    const opened = await openConversations(conversations.slice(start, start + OPENED_MAX), userId, context);
    const next = start + opened.count;
    return {
      items: await toConversations(opened.unread, context),
      next: next < conversations.length ? String(next) : null,
      not_opened: Math.max(0, conversations.length - next),
      ...completeness([
        hasMore && 'More than 1,000 conversations: the others were not looked at.',
        opened.unknownCount > 0 && `Conversations that could not be checked: ${opened.unknownCount}.`,
        opened.missing,
      ]),
    };
  },
});

/** Returns the outputs of conversations, most important first. */
async function toConversations(
  unread: readonly UnreadConversation[],
  context: RunContext,
): Promise<z.input<typeof ConversationOutput>[]> {
  const first = unread.flatMap(({ conversation, messages }) =>
    messages.slice(0, MESSAGES_MAX).map((message) => ({ ...message, channel: conversation.id })),
  );
  const partners = unread.flatMap(({ conversation }) => conversation.user ?? []);
  const { items, names } = await withNames(first, context, partners);
  return unread.toSorted(byImportance(names)).map(({ conversation, messages, hasMore, mentionsUser }) => {
    const own = items.filter(({ message }) => message.channel === conversation.id);
    return {
      channel: conversation.id,
      name: nameOf(conversation, names),
      is_direct: isDirect(conversation),
      is_mentioned: mentionsUser,
      unread_count: hasMore ? UNREAD_MAX : messages.length,
      unread_since: own[0]?.output.sent_at ?? null,
      messages: own.map(({ output: { author, text: said } }) => (author ? `${author}: ${said}` : said)),
    };
  });
}

function nameOf({ name, user }: ConversationResponse, names: ReadonlyMap<string, string>): string | null {
  if (user) return names.get(user) ?? user;
  // Slack builds the name of a group from its members, such as mpdm-ada--grace--jonas-1.
  const [, handles] = /^mpdm-(.+)-\d+$/.exec(name ?? '') ?? [];
  return handles?.replaceAll('--', ', ') ?? (name || null);
}

export const handler = createHandler(tool);
