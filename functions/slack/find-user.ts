import { defineTool, emailAddressOf, id, path, text, textInput } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { slack } from './connector.ts';
import { LIST_PAGE_SIZE } from './shared/channel.ts';
import { hasWords, scan } from './shared/scan.ts';
import { authorName, OneUserResponse, UserResponse, userIdIn } from './shared/user.ts';

// Slack's own bot looks like a person in the response, so it is recognised by its ID.
const SLACKBOT_ID = 'USLACKBOT';

const UserListResponse = z.object({
  ok: z.literal(true),
  members: z.array(UserResponse).nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

const UserOutput = z.strictObject({
  id: id(),
  name: text(80),
  title: text(100).nullable(),
  email: text(254).nullable(),
  timezone: text(40).nullable(),
});

export const tool = defineTool({
  connector: slack,
  name: 'slack_find_user',
  effect: 'read',
  scopes: ['users:read', 'users:read.email'],
  description:
    'Finds people in Slack by name or e-mail address; an ID opens a direct message with slack_send_message. Each page searches a part of the workspace: an empty one with next_cursor is not the end.',
  input: {
    query: textInput('Part of the name, @handle, whole e-mail address, or ID of the person.', 400),
  },
  list: { key: 'users', item: UserOutput, default: 10, maximum: 100 },
  examples: [
    {
      input: { query: 'brandt' },
      output: {
        users: [
          { id: 'U024BE7LH', name: 'Nadia Brandt', title: null, email: 'nadia@example.com', timezone: null },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ query, page }, { api }) {
    const words = query.trim();
    const [user, email] = [userIdIn(words), emailIn(words)];
    if (user !== undefined || email !== undefined) {
      const { body } = user
        ? // https://docs.slack.dev/reference/methods/users.info
          await api.get(path`/api/users.info`, { query: { user }, response: OneUserResponse })
        : // https://docs.slack.dev/reference/methods/users.lookupByEmail
          await api.get(path`/api/users.lookupByEmail`, { query: { email }, response: OneUserResponse });
      return { items: [toUser(body.user)] };
    }
    return scan(page, async (cursor) => {
      // https://docs.slack.dev/reference/methods/users.list
      const { body } = await api.get(path`/api/users.list`, {
        query: { limit: LIST_PAGE_SIZE, cursor },
        response: UserListResponse,
      });
      const people = (body.members ?? []).filter(isPerson);
      const found = people.filter((person) => hasWords(namesIn(person), nameIn(words)));
      return { items: found.map(toUser), next: body.response_metadata?.next_cursor };
    });
  },
});

/**
 * Returns the e-mail address in a pasted text, such as `Ada <ada@example.com>`, or undefined if there is no address.
 */
function emailIn(trimmed: string): string | undefined {
  // Slack writes an address as <mailto:ada@example.com|ada@example.com>.
  const [address = ''] = emailAddressOf(trimmed).split('|');
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) ? address : undefined;
}

/** Returns the name in a pasted text, without a leading `@` and without an addition such as `(she/her)` or `| Sales`. */
function nameIn(trimmed: string): string {
  const name = trimmed.replace(/^@/, '').replace(/\s*(?:\([^()]*\)|\[[^[\]]*\]|\|.*)\s*$/s, '');
  return name || trimmed;
}

/** Returns whether the user is an active person, and not an app. */
function isPerson({ id: userId, deleted, is_bot }: z.output<typeof UserResponse>): boolean {
  return !deleted && !is_bot && userId !== SLACKBOT_ID;
}

/** Returns all names under which people may know a user. */
function namesIn({ name, real_name, profile }: z.output<typeof UserResponse>) {
  return [name, real_name, profile?.real_name, profile?.display_name];
}

function toUser(user: z.output<typeof UserResponse>): z.input<typeof UserOutput> {
  const { id: userId, tz, profile } = user;
  return {
    id: userId,
    name: authorName(user),
    title: profile?.title || null,
    // Slack omits addresses that the account may not see.
    email: profile?.email || null,
    timezone: tz || null,
  };
}

export const handler = createHandler(tool);
