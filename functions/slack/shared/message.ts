import { id, lenientList, providerTime, type RunContext, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { namesOf } from './names.ts';
import { mentionedIn, plainText } from './plain-text.ts';
import { asApp } from './user.ts';

const Name = z.object({ name: z.string().nullish() });
const Fallback = z.object({ fallback: z.string().nullish(), text: z.string().nullish() });

/** https://docs.slack.dev/reference/events/message */
export const Message = z.object({
  ts: id().regex(/^\d{10}\.\d{1,9}$/),
  thread_ts: z.string().nullish(),
  reply_count: z.int().nullish(),
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  username: z.string().nullish(),
  bot_profile: Name.nullish(),
  text: z.string().nullish(),
  files: lenientList(Name),
  attachments: lenientList(Fallback),
});

/** Whether somebody said something, and did not only come or go. */
export function isSaid({ subtype }: z.output<typeof Message>): boolean {
  return !/^(channel|group)_(join|leave)$/.test(subtype ?? '');
}

/** What every message has in an output. */
export const writtenOutput = { at: time(), author: text(80).nullable(), text: text(4_000) };

/** What was written when and by whom, with the names of the authors and of whoever is mentioned looked up. */
export async function withNames<M extends z.output<typeof Message>>(
  messages: readonly M[],
  context: RunContext,
) {
  const authors = messages.flatMap(({ user }) => (user ? [user] : []));
  const mentioned = messages.flatMap((message) => mentionedIn(textOf(message)));
  const names = await namesOf([...authors, ...mentioned], context);
  return messages.map((message) => {
    const { ts, user, username, bot_profile } = message;
    const appName = bot_profile?.name || username;
    const written = {
      at: providerTime('seconds').parse(ts),
      author: user ? (names.get(user) ?? user) : appName ? asApp(appName) : null,
      text: plainText(textOf(message), names),
    };
    return { message, written };
  });
}

function textOf({ text: own, attachments, files }: z.output<typeof Message>): string {
  // What apps post is often in attachments alone.
  const attached = own ? [] : attachments.map(({ fallback, text: inside }) => fallback || inside);
  const named = files.map(({ name }) => `[file: ${name || 'unnamed'}]`);
  return [own, ...attached, ...named].filter((line) => line).join('\n');
}
