import { id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';

const Profile = z.object({
  real_name: z.string().nullish(),
  display_name: z.string().nullish(),
  title: z.string().nullish(),
  email: z.string().nullish(),
});

/** https://docs.slack.dev/reference/objects/user-object */
export const User = z.object({
  id: id(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  tz: z.string().nullish(),
  profile: Profile.nullish(),
});

export const UserList = z.object({
  ok: z.literal(true),
  members: z.array(User).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

export const userOutput = z.strictObject({
  id: id(),
  name: text(80),
  title: text(100).nullable(),
  email: text(254).nullable(),
  timezone: text(40).nullable(),
});

// It has the account of a person.
const SLACKBOT_ID = 'USLACKBOT';

/** Whether it is somebody to write to. */
export function isPerson({ id: userId, deleted, is_bot }: z.output<typeof User>): boolean {
  return !deleted && !is_bot && userId !== SLACKBOT_ID;
}

/** All that a person may be known by. */
export function namesIn({ name, real_name, profile }: z.output<typeof User>) {
  return [name, real_name, profile?.real_name, profile?.display_name];
}

/** A name to show; an app may call itself like a person, and so is marked. */
export function authorName(user: z.output<typeof User>): string {
  return user.is_bot ? asApp(nameOf(user)) : nameOf(user);
}

export function asApp(name: string): string {
  // In front, where no long name pushes it out.
  return `[app] ${name}`;
}

function nameOf({ id: userId, name, real_name, profile }: z.output<typeof User>): string {
  return profile?.real_name || real_name || profile?.display_name || name || userId;
}

/** A user for an output. */
export function describeUser(user: z.output<typeof User>): z.input<typeof userOutput> {
  const { id: userId, tz, profile } = user;
  return {
    id: userId,
    name: nameOf(user),
    title: profile?.title || null,
    // Absent where the account may not see it.
    email: profile?.email || null,
    timezone: tz || null,
  };
}
