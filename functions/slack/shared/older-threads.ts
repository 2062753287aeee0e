import { setTimeout as sleep } from 'node:timers/promises';
import { path, providerTime, type RunContext, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { hasContent, MessageResponse } from './message.ts';
import { slackTime } from './thread.ts';

// The largest page that Slack recommends: https://docs.slack.dev/apis/web-api/pagination
const SEARCHED_MAX = 200;
// The newer messages were read already, so the response is not delayed longer than this.
const WAIT_MAX_MS = 5_000;

/** https://docs.slack.dev/reference/methods/conversations.history#response */
export const HistoryResponse = z.object({
  ok: z.literal(true),
  messages: z.array(MessageResponse).nullish(),
  has_more: z.boolean().nullish(),
});

/**
 * Finds the threads that began before a time and have newer replies. Slack's history does not return them, because it
 * sorts a thread by its first message.
 * @returns the first messages, oldest first, and a sentence if some threads may be missing
 */
export async function olderThreads(channel: string, since: string, context: RunContext) {
  const tooSlow = sleep(WAIT_MAX_MS, missingThreads(', because Slack was too slow'), {
    signal: context.signal,
  });
  return Promise.race([findThreads(channel, since, context), tooSlow]);
}

async function findThreads(channel: string, since: string, { api }: RunContext) {
  try {
    // https://docs.slack.dev/reference/methods/conversations.history
    const { body } = await api.get(path`/api/conversations.history`, {
      query: { channel, latest: slackTime(since), limit: SEARCHED_MAX },
      response: HistoryResponse,
    });
    const sinceSeconds = Date.parse(since) / 1_000;
    const older = (body.messages ?? []).filter(({ ts }) => Number(ts) < sinceSeconds).toSorted(byTs);
    const threads = older.filter(
      (message) => hasContent(message) && Number(message.latest_reply ?? 0) >= sinceSeconds,
    );
    const [oldest] = older;
    return { threads, missing: body.has_more ? missingSince(oldest?.ts) : null };
  } catch (error) {
    // The newer messages are useful even without the older threads, so this error does not end the call. It
    // is frequent: apps outside Slack's marketplace may send only one such request a minute.
    if (!(error instanceof ToolError)) throw error;
    return missingThreads(error.code === 'rate_limited' ? ', because Slack limits the rate' : '');
  }
}

function missingThreads(reason: string): { threads: MessageResponse[]; missing: string } {
  return {
    threads: [],
    missing: `New replies in threads that began before since were not looked for${reason}.`,
  };
}

/** Compares two messages by time, older first. */
export function byTs(one: MessageResponse, other: MessageResponse): number {
  return Number(one.ts) - Number(other.ts);
}

function missingSince(ts: string | undefined): string {
  const day = ts === undefined ? 'since' : providerTime('seconds').parse(ts);
  return `New replies in threads that began before ${day} were not looked for.`;
}
