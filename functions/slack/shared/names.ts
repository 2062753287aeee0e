import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import { type ProviderClient, path, type RunContext, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { authorName, OneUserResponse } from './user.ts';

// Few pages have more authors and mentioned people. The rest are shown by ID.
const NAMES_MAX = 50;
// Slack allows 100 calls of users.info a minute. The limit leaves calls for the next page.
const CONCURRENCY = 5;
// Messages are useful without names, so the response is not delayed longer than this.
const WAIT_MAX_MS = 5_000;

const BotResponse = z.object({ ok: z.literal(true), bot: z.object({ name: z.string().min(1) }) });

/**
 * Reads the names of users and bots, with one request for each. users.list would need many pages, and Slack limits it
 * to a fifth as many calls.
 * @param ids IDs of users (`U…`, `W…`) and bots (`B…`)
 * @returns the names by ID; an ID is missing if Slack did not return its name in time
 */
export async function namesOf(
  ids: Iterable<string>,
  { api, signal }: RunContext,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const wanted = [...new Set(ids)].slice(0, NAMES_MAX);
  let isOver = false;
  const lookUp = async (wantedId: string) => {
    if (isOver) return;
    try {
      names.set(wantedId, await nameOf(wantedId, api));
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      // Slack hides some people. Any other error would also happen to the next requests.
      isOver ||= error.code !== 'not_found';
    }
  };
  await Promise.race([
    pMap(wanted, lookUp, { concurrency: CONCURRENCY, signal }),
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
