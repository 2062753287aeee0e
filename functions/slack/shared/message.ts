import { id, providerTime, type RunContext, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ContentResponse, messageText } from './message-text.ts';
import { namesOf } from './names.ts';
import { mentionedIn, plainText, unnamedGroupsIn } from './plain-text.ts';
import { asApp } from './user.ts';

/**
 * The scopes that are needed to read all types of conversations, to read the names of people and user groups, and to
 * find a channel by its name.
 */
export const READ_SCOPES = [
  'channels:history',
  'groups:history',
  'im:history',
  'mpim:history',
  'channels:read',
  'groups:read',
  'users:read',
  'usergroups:read',
];

/** https://docs.slack.dev/reference/events/message */
export const MessageResponse = ContentResponse.extend({
  ts: id().regex(/^\d{10}\.\d{1,9}$/),
  // A value that does not match Slack's documentation counts as absent, so that one unusual message does not make the
  // entire response fail.
  thread_ts: z.string().nullish().catch(null),
  reply_count: z.int().nullish().catch(null),
  latest_reply: z.string().nullish().catch(null),
  user: z.string().nullish().catch(null),
  username: z.string().nullish().catch(null),
  bot_id: z.string().nullish().catch(null),
  bot_profile: z.object({ name: z.string().nullish() }).nullish().catch(null),
  // Present if the author belongs to another organisation. users.info may not return such people.
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

/** The outputs that all messages have. */
export const MessageOutput = z.strictObject({
  sent_at: time(),
  author: text(80).nullable().describe('Apps begin with [app].'),
  text: text(4_000),
});

/** Returns whether a message has content. A notice that somebody joined or left has no content. */
export function hasContent({ subtype }: MessageResponse): boolean {
  return !/^(channel|group)_(join|leave)$/.test(subtype ?? '');
}

/**
 * Returns each message with its outputs, in which the IDs of authors and mentioned people are replaced by names.
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
  const mentioned = read.flatMap(({ mrkdwn }) => [...mentionedIn(mrkdwn), ...unnamedGroupsIn(mrkdwn)]);
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

/** Returns the ID of the author, or undefined if the message itself contains the name or has no author. */
function authorId({ user, bot_id, ...message }: MessageResponse): string | undefined {
  if (message.subtype === 'tombstone' || chosenName(message)) return undefined;
  return user || (appName(message) ? undefined : (bot_id ?? undefined));
}

function authorOf(message: MessageResponse, names: ReadonlyMap<string, string>): string | null {
  const { user, bot_id, subtype } = message;
  // Slack names Slackbot, not the real author, as the author of a deleted message.
  if (subtype === 'tombstone') return null;
  const chosen = chosenName(message);
  if (chosen) return asApp(chosen);
  if (user) return names.get(user) ?? (profileName(message) || user);
  const name = appName(message) || (bot_id && names.get(bot_id)) || bot_id;
  return name ? asApp(name) : null;
}

function profileName({ user_profile }: MessageResponse): string | null | undefined {
  return user_profile?.real_name || user_profile?.display_name || user_profile?.name;
}

/** Returns the name that an app chose for this message instead of its own. Slack shows this name. */
function chosenName({ subtype, username }: Pick<MessageResponse, 'subtype' | 'username'>) {
  return subtype === 'bot_message' ? username : undefined;
}

function appName({ username, bot_profile }: Pick<MessageResponse, 'username' | 'bot_profile'>) {
  return bot_profile?.name || username;
}
