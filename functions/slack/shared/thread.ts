import type { MessageResponse } from './message.ts';

const SEPARATOR = ' ';

/**
 * Returns the timestamp of the thread if Slack answered with one reply in place of its thread, as it does for the
 * timestamp of a reply.
 */
export function parentOf(messages: readonly MessageResponse[], askedTs: string): string | undefined {
  const [first] = messages;
  const isReply = messages.length === 1 && first?.ts === askedTs;
  return isReply && first.thread_ts && first.thread_ts !== askedTs ? first.thread_ts : undefined;
}

/** Returns Slack's cursor with the timestamp of the thread, which the input may not have. */
export function cursorWith(threadTs: string, cursor: string | null | undefined): string | null {
  return cursor ? `${threadTs}${SEPARATOR}${cursor}` : null;
}

/** Returns both parts of {@link cursorWith}. */
export function cursorIn(cursor: string | undefined): { ts?: string; cursor?: string } {
  const [ts, rest] = cursor?.split(SEPARATOR) ?? [];
  return ts === undefined || rest === undefined ? {} : { ts, cursor: rest };
}

/** Returns a bound as Slack takes it. @param since ISO 8601 */
export function toOldest(since: string | undefined) {
  return since === undefined ? {} : { oldest: slackTime(since), inclusive: true };
}

/** Returns a time as Slack's timestamps have it. @param time ISO 8601 */
export function slackTime(time: string): string {
  return `${Date.parse(time) / 1_000}.000000`;
}
