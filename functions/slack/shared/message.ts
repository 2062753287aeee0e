import { id, providerTime, type RunContext, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ContentResponse, messageText } from './message-text.ts';
import { namesOf } from './names.ts';
import { mentionedIn, plainText } from './plain-text.ts';
import { asApp } from './user.ts';

/** https://docs.slack.dev/reference/events/message */
export const MessageResponse = ContentResponse.extend({
  ts: id().regex(/^\d{10}\.\d{1,9}$/),
  thread_ts: z.string().nullish(),
  reply_count: z.int().nullish(),
  latest_reply: z.string().nullish(),
  user: z.string().nullish(),
  username: z.string().nullish(),
  bot_id: z.string().nullish(),
  bot_profile: z.object({ name: z.string().nullish() }).nullish(),
});
export type MessageResponse = z.output<typeof MessageResponse>;

/** The fields that every message has in an output. */
export const messageOutput = {
  sent_at: time(),
  author: text(80).nullable().describe('Apps begin with [app].'),
  text: text(4_000),
};

/** Returns whether somebody said something, and did not only come or go. */
export function isSaid({ subtype }: MessageResponse): boolean {
  return !/^(channel|group)_(join|leave)$/.test(subtype ?? '');
}

/**
 * Returns each message with the fields of {@link messageOutput}, in which authors and mentioned people have their names.
 * @param alsoNamed IDs of other users whose names are needed
 */
export async function withNames<M extends MessageResponse>(
  messages: readonly M[],
  context: RunContext,
  alsoNamed: readonly string[] = [],
) {
  const read = messages.map((message) => ({ message, mrkdwn: messageText(message) }));
  const authors = messages.flatMap((message) => authorId(message) ?? []);
  const mentioned = read.flatMap(({ mrkdwn }) => mentionedIn(mrkdwn));
  const names = await namesOf([...authors, ...alsoNamed, ...mentioned], context);
  const items = read.map(({ message, mrkdwn }) => ({
    message,
    written: {
      sent_at: providerTime('seconds').parse(message.ts),
      author: authorOf(message, names),
      text: plainText(mrkdwn, names),
    },
  }));
  return { items, names };
}

/** Returns the ID by which the author's name has to be looked up. */
function authorId({ user, bot_id, subtype, ...message }: MessageResponse): string | undefined {
  if (subtype === 'tombstone') return undefined;
  return user || (appName(message) ? undefined : (bot_id ?? undefined));
}

function authorOf(message: MessageResponse, names: ReadonlyMap<string, string>): string | null {
  const { user, bot_id, subtype } = message;
  // Slack names its own bot as the author of what was deleted.
  if (subtype === 'tombstone') return null;
  if (user) return names.get(user) ?? user;
  const name = appName(message) || (bot_id && names.get(bot_id)) || bot_id;
  return name ? asApp(name) : null;
}

function appName({ username, bot_profile }: Pick<MessageResponse, 'username' | 'bot_profile'>) {
  return bot_profile?.name || username;
}
