import type { MessageResponse } from './message.ts';

const SEPARATOR = ' ';

/**
 * Returns the `ts` of the thread if Slack returned only one reply. Slack does so if the request had the `ts` of a
 * reply.
 */
export function parentOf(messages: readonly MessageResponse[], askedTs: string): string | undefined {
  const [first] = messages;
  const isReply = messages.length === 1 && first?.ts === askedTs;
  return isReply && first.thread_ts && first.thread_ts !== askedTs ? first.thread_ts : undefined;
}

/**
 * Returns Slack's cursor together with the `ts` of the thread. The next call needs this `ts`, because its
 * input may have the `ts` of a reply.
 */
export function cursorWith(threadTs: string, cursor: string | null | undefined): string | null {
  return cursor ? `${threadTs}${SEPARATOR}${cursor}` : null;
}

/** Splits a cursor that {@link cursorWith} created. */
export function cursorIn(cursor: string | undefined): { ts?: string; cursor?: string } {
  const [ts, rest] = cursor?.split(SEPARATOR) ?? [];
  return ts === undefined || rest === undefined ? {} : { ts, cursor: rest };
}

/** Returns the query parameters for the oldest message to read. @param since a time in ISO 8601 */
export function toOldest(since: string | undefined) {
  return since === undefined ? {} : { oldest: slackTime(since), inclusive: true };
}

/** Returns a time in the format of Slack's `ts`. @param time a time in ISO 8601 */
export function slackTime(time: string): string {
  return `${Date.parse(time) / 1_000}.000000`;
}
