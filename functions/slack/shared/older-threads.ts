import { path, providerTime, type RunContext, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { isSaid, MessageResponse } from './message.ts';
import { slackTime } from './thread.ts';
import { withinTime } from './time-limit.ts';

// The most that Slack recommends: https://docs.slack.dev/apis/web-api/pagination
const LOOKED_THROUGH_MAX = 200;
// The newer messages are there already, and do not wait longer.
const WAIT_MAX_MS = 5_000;

/** https://docs.slack.dev/reference/methods/conversations.history#response */
export const HistoryResponse = z.object({
  ok: z.literal(true),
  messages: z.array(MessageResponse).nullish(),
  has_more: z.boolean().nullish(),
});

/**
 * Finds the threads that began before a time and have replies since then. Slack's history does not give these, since it
 * goes by the first message of a thread.
 * @returns the first messages, oldest first, and a sentence if some threads may be missing
 */
export async function olderThreads(channel: string, since: string, context: RunContext) {
  const found = await withinTime(findThreads(channel, since, context), WAIT_MAX_MS);
  return found ?? notLookedFor(', because Slack was too slow');
}

async function findThreads(channel: string, since: string, { api }: RunContext) {
  try {
    // https://docs.slack.dev/reference/methods/conversations.history
    const { body } = await api.get(path`/api/conversations.history`, {
      query: { channel, latest: slackTime(since), limit: LOOKED_THROUGH_MAX },
      response: HistoryResponse,
    });
    const sinceSeconds = Date.parse(since) / 1_000;
    const older = (body.messages ?? []).filter(({ ts }) => Number(ts) < sinceSeconds).toSorted(byTs);
    const threads = older.filter(
      (message) => isSaid(message) && Number(message.latest_reply ?? 0) >= sinceSeconds,
    );
    const [oldest] = older;
    return { threads, missing: body.has_more ? notLookedThrough(oldest?.ts) : null };
  } catch (error) {
    // The messages themselves are there. Apps outside Slack's marketplace may ask for them once a minute.
    if (!(error instanceof ToolError)) throw error;
    return notLookedFor(error.code === 'rate_limited' ? ', because Slack limits the rate' : '');
  }
}

function notLookedFor(reason: string): { threads: MessageResponse[]; missing: string } {
  return {
    threads: [],
    missing: `New replies in threads that began before since were not looked for${reason}.`,
  };
}

/** Compares messages by their timestamps. */
export function byTs(one: MessageResponse, other: MessageResponse): number {
  return Number(one.ts) - Number(other.ts);
}

function notLookedThrough(ts: string | undefined): string {
  const day = ts === undefined ? 'since' : providerTime('seconds').parse(ts);
  return `New replies in threads that began before ${day} were not looked for.`;
}
