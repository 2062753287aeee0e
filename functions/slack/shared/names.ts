import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import { type ProviderClient, path, type RunContext, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { authorName, OneUserResponse } from './user.ts';

// Most pages have fewer authors and mentioned people. If there are more, the others are shown by ID. Slack
// allows 100 calls of users.info a minute, so two pages can be read.
const NAMES_MAX = 50;
const CONCURRENCY = 5;
// Messages are useful without names, so the response is not delayed longer than this.
const WAIT_MAX_MS = 5_000;

const BotResponse = z.object({ ok: z.literal(true), bot: z.object({ name: z.string().min(1) }) });
const GroupResponse = z.object({ id: z.string(), handle: z.string().min(1) });
const GroupListResponse = z.object({
  ok: z.literal(true),
  usergroups: z
    .array(z.unknown())
    .transform((groups) => groups.flatMap((group) => GroupResponse.safeParse(group).data ?? [])),
});

/**
 * Reads the names of users, bots and user groups. Each user and each bot needs one request, and all user
 * groups need one request together. users.list is not used, because it has many pages and a much lower rate
 * limit.
 * @param ids IDs of users (`U…`, `W…`), bots (`B…`) and user groups (`S…`)
 * @returns the names by ID; an ID is missing if Slack did not return its name in time
 */
export async function namesOf(
  ids: Iterable<string>,
  { api, signal }: RunContext,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const all = [...new Set(ids)];
  const wanted = all.filter((wantedId) => !wantedId.startsWith('S')).slice(0, NAMES_MAX);
  let isOver = false;
  const lookUp = async (wantedId: string) => {
    if (isOver) return;
    try {
      names.set(wantedId, await nameOf(wantedId, api));
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      // Slack hides some people and returns `not_found` for them. Any other error would occur again, so no
      // more names are requested.
      isOver ||= error.code !== 'not_found';
    }
  };
  const lookUpGroups = async () => {
    for (const { id, handle } of await groupsOf(api)) names.set(id, handle);
  };
  await Promise.race([
    Promise.all([
      pMap(wanted, lookUp, { concurrency: CONCURRENCY, signal }),
      all.some((wantedId) => wantedId.startsWith('S')) && lookUpGroups(),
    ]),
    sleep(WAIT_MAX_MS, undefined, { signal }),
  ]);
  isOver = true;
  return new Map(names);
}

async function nameOf(wantedId: string, api: ProviderClient): Promise<string> {
  if (wantedId.startsWith('B')) {
    // https://docs.slack.dev/reference/methods/bots.info
    const { body } = await api.get(path`/api/bots.info`, {
      query: { bot: wantedId },
      response: BotResponse,
      errors: { bot_not_found: { code: 'not_found' } },
    });
    return body.bot.name;
  }
  // https://docs.slack.dev/reference/methods/users.info
  const { body } = await api.get(path`/api/users.info`, {
    query: { user: wantedId },
    response: OneUserResponse,
    errors: { user_not_visible: { code: 'not_found' } },
  });
  return authorName(body.user);
}

/**
 * Returns the user groups of the workspace. Returns an empty list if they cannot be read, for example on a
 * free plan.
 */
async function groupsOf(api: ProviderClient) {
  try {
    // https://docs.slack.dev/reference/methods/usergroups.list
    const { body } = await api.get(path`/api/usergroups.list`, {
      query: { include_disabled: true },
      response: GroupListResponse,
    });
    return body.usergroups;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return [];
  }
}
