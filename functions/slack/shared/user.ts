import { emailAddressOf, id, text } from 'scalekit-lambda-tools';
import * as z from 'zod';

const ProfileResponse = z.object({
  real_name: z.string().nullish(),
  display_name: z.string().nullish(),
  title: z.string().nullish(),
  email: z.string().nullish(),
});

/** https://docs.slack.dev/reference/objects/user-object */
export const UserResponse = z.object({
  id: id(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  tz: z.string().nullish(),
  profile: ProfileResponse.nullish(),
});

export const UserListResponse = z.object({
  ok: z.literal(true),
  members: z.array(UserResponse).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

export const userOutput = z.strictObject({
  id: id(),
  name: text(80),
  title: text(100).nullable(),
  email: text(254).nullable(),
  timezone: text(40).nullable(),
});

const USER_ID =
  /^(?:<@|https:\/\/[\w.-]+\.slack(?:-gov)?\.com\/team\/)?([UW](?=[A-Z]*\d)[A-Z0-9]{6,20})(?:\|[^<>]*)?>?$/;

/** Returns the ID of a user in an ID, a mention (`<@U…>`) or the link of a profile; undefined for any other text. */
export function userIdIn(trimmed: string): string | undefined {
  return USER_ID.exec(trimmed)?.[1];
}

/** Returns the e-mail address in what people paste, such as `Ada <ada@example.com>`; undefined for any other text. */
export function emailIn(trimmed: string): string | undefined {
  // Slack writes <mailto:ada@example.com|ada@example.com>.
  const [address = ''] = emailAddressOf(trimmed).split('|');
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) ? address : undefined;
}

// Slack's own bot has the account of a person.
const SLACKBOT_ID = 'USLACKBOT';

/** Returns whether it is a person who can be written to. */
export function isPerson({ id: userId, deleted, is_bot }: z.output<typeof UserResponse>): boolean {
  return !deleted && !is_bot && userId !== SLACKBOT_ID;
}

/** Returns all names by which people may know a person. */
export function namesIn({ name, real_name, profile }: z.output<typeof UserResponse>) {
  return [name, real_name, profile?.real_name, profile?.display_name];
}

/** Returns the name to show. An app may take the name of a person, so it is marked. */
export function authorName(user: z.output<typeof UserResponse>): string {
  return user.is_bot ? asApp(nameOf(user)) : nameOf(user);
}

/** Marks the name of an app. */
export function asApp(name: string): string {
  // In front, where no long name pushes it out.
  return `[app] ${name}`;
}

function nameOf({ id: userId, name, real_name, profile }: z.output<typeof UserResponse>): string {
  return profile?.real_name || real_name || profile?.display_name || name || userId;
}

/** Returns a user as the outputs have it. */
export function toUser(user: z.output<typeof UserResponse>): z.input<typeof userOutput> {
  const { id: userId, tz, profile } = user;
  return {
    id: userId,
    name: authorName(user),
    title: profile?.title || null,
    // Slack leaves it out if the account may not see it.
    email: profile?.email || null,
    timezone: tz || null,
  };
}
