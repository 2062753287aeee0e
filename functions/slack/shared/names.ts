import pMap from 'p-map';
import { path, type RunContext, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { authorName, User } from './user.ts';

// More people than that hardly speak on one page; whoever is left keeps an ID for a name.
const NAMES_MAX = 50;
// users.info allows 100 calls a minute, so that few at once leave room for the next page.
const CONCURRENCY = 5;

/**
 * The names of users by their IDs. One call each, and not users.list: that is paged, allows a fifth of the calls, and
 * most of a workspace is not on the page.
 */
export async function namesOf(
  userIds: Iterable<string>,
  { api, signal }: RunContext,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(userIds)].slice(0, NAMES_MAX);
  const named = await pMap(
    wanted,
    async (user) => {
      try {
        // https://docs.slack.dev/reference/methods/users.info
        const { body } = await api.get(path`/api/users.info`, {
          query: { user },
          response: z.object({ ok: z.literal(true), user: User }),
          errors: { user_not_visible: { code: 'not_found' } },
        });
        return [user, authorName(body.user)] as const;
      } catch (error) {
        // Somebody of another organisation may be hidden; what they wrote is worth reading all the same.
        if (error instanceof ToolError && error.code === 'not_found') return [user, user] as const;
        throw error;
      }
    },
    { concurrency: CONCURRENCY, signal },
  );
  return new Map(named);
}
