import { id } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { pastedLink } from './pasted-link.ts';

// Matches an ID, a mention, and the URLs of a profile: https://docs.slack.dev/interactivity/deep-linking
const USER_ID =
  /^(?:<@|@|https:\/\/[\w.-]+\.slack(?:-gov)?\.com\/(?:team\/|user\/@|client\/[TE][A-Z0-9]+\/user_profile\/)|slack:\/\/user\?(?:[^#\s]{1,100}&)?id=)?([UW](?=[A-Z]*\d)[A-Z0-9]{6,20})(?:\|[^<>]*|\/?(?:[?&#]\S{0,200})?)>?$/;
// Matches an ID in brackets after a name. Some programs show people in this form.
const NAMED_ID = /[(<[]@?([UW](?=[A-Z]*\d)[A-Z0-9]{6,20})[)>\]]$/;

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

/** The response with one user. https://docs.slack.dev/reference/methods/users.info */
export const OneUserResponse = z.object({ ok: z.literal(true), user: UserResponse });

/**
 * Returns the name to show. An app can use the name of a person, so the names of apps get a label. The names
 * of deactivated accounts also get a label.
 */
export function authorName(user: z.output<typeof UserResponse>): string {
  const name = user.is_bot ? asApp(nameOf(user)) : nameOf(user);
  return user.deleted ? `${name} (deactivated)` : name;
}

// The label is at the beginning of a name, so that a long name cannot hide it.
const APP_MARK = '[app] ';

/** Adds a label to the name of an app. */
export function asApp(name: string): string {
  return APP_MARK + name;
}

/** Returns whether a name has the label of an app. */
export function isAppName(name: string): boolean {
  return name.startsWith(APP_MARK);
}

function nameOf({ id: userId, name, real_name, profile }: z.output<typeof UserResponse>): string {
  return profile?.real_name || real_name || profile?.display_name || name || userId;
}

/**
 * Returns the user ID from an ID, a mention (`<@U…>`), the link of a profile, or a name with the ID in brackets. Returns
 * undefined for any other text.
 */
export function userIdIn(trimmed: string): string | undefined {
  return USER_ID.exec(pastedLink(trimmed))?.[1] ?? NAMED_ID.exec(trimmed)?.[1];
}
