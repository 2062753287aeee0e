import { id, providerTime, type RunContext, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ContentResponse, messageText } from './message-text.ts';
import { namesOf } from './names.ts';
import { mentionedIn, plainText } from './plain-text.ts';
import { asApp } from './user.ts';

/** The scopes to read every kind of conversation, the names of people, and the channels in which a name is looked up. */
export const READ_SCOPES = [
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  'channels:read',
  'groups:read',
  'users:read',
];

/** https://docs.slack.dev/reference/events/message */
export const MessageResponse = ContentResponse.extend({
  ts: id().regex(/^\d{10}\.\d{1,9}$/),
  // Values that differ from Slack's documentation count as absent, so one odd message does not break the others.
  thread_ts: z.string().nullish().catch(null),
  reply_count: z.int().nullish().catch(null),
  latest_reply: z.string().nullish().catch(null),
  user: z.string().nullish().catch(null),
  username: z.string().nullish().catch(null),
  bot_id: z.string().nullish().catch(null),
  bot_profile: z.object({ name: z.string().nullish() }).nullish().catch(null),
  // People of other organisations, whom users.info may not return.
  user_profile: z
    .object({
      real_name: z.string().nullish(),
      display_name: z.string().nullish(),
      name: z.string().nullish(),
    })
    .nullish()
    .catch(null),
});
export type MessageResponse = z.output<typeof MessageResponse>;

/** The outputs of every message. */
export const MessageOutput = z.strictObject({
  sent_at: time(),
  author: text(80).nullable().describe('Apps begin with [app].'),
  text: text(4_000),
});

/** Returns whether a message has content. The notices that somebody joined or left have none. */
export function hasContent({ subtype }: MessageResponse): boolean {
  return !/^(channel|group)_(join|leave)$/.test(subtype ?? '');
}

/**
 * Returns each message with its outputs, in which authors and mentioned people have their names.
 * @param otherUsers IDs of other users whose names are needed
 * @returns the messages with their outputs, and the names by ID
 */
export async function withNames<M extends MessageResponse>(
  messages: readonly M[],
  context: RunContext,
  otherUsers: readonly string[] = [],
) {
  const read = messages.map((message) => ({ message, mrkdwn: messageText(message) }));
  const authors = messages.flatMap((message) => authorId(message) ?? []);
  const mentioned = read.flatMap(({ mrkdwn }) => mentionedIn(mrkdwn));
  const names = await namesOf([...authors, ...otherUsers, ...mentioned], context);
  const items = read.map(({ message, mrkdwn }) => ({
    message,
    output: {
      sent_at: providerTime('seconds').parse(message.ts),
      author: authorOf(message, names),
      text: plainText(mrkdwn, names),
    },
  }));
  return { items, names };
}

/** Returns the ID of the author if the message itself lacks the name. */
function authorId({ user, bot_id, subtype, ...message }: MessageResponse): string | undefined {
  if (subtype === 'tombstone') return undefined;
  return user || (appName(message) ? undefined : (bot_id ?? undefined));
}

function authorOf(message: MessageResponse, names: ReadonlyMap<string, string>): string | null {
  const { user, bot_id, subtype } = message;
  // Slack names its own bot as the author of deleted messages.
  if (subtype === 'tombstone') return null;
  if (user) return names.get(user) ?? (profileName(message) || user);
  const name = appName(message) || (bot_id && names.get(bot_id)) || bot_id;
  return name ? asApp(name) : null;
}

function profileName({ user_profile }: MessageResponse): string | null | undefined {
  return user_profile?.real_name || user_profile?.display_name || user_profile?.name;
}

function appName({ username, bot_profile }: Pick<MessageResponse, 'username' | 'bot_profile'>) {
  return bot_profile?.name || username;
}
