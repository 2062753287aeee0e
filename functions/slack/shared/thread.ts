import type { MessageResponse } from './message.ts';

const SEPARATOR = ' ';

/**
 * Returns the timestamp of the thread if Slack returned only one reply. It does that if it is asked for the timestamp of a
 * reply.
 */
export function parentOf(messages: readonly MessageResponse[], askedTs: string): string | undefined {
  const [first] = messages;
  const isReply = messages.length === 1 && first?.ts === askedTs;
  return isReply && first.thread_ts && first.thread_ts !== askedTs ? first.thread_ts : undefined;
}

/** Returns Slack's cursor together with the timestamp of the thread, which the input may lack. */
export function cursorWith(threadTs: string, cursor: string | null | undefined): string | null {
  return cursor ? `${threadTs}${SEPARATOR}${cursor}` : null;
}

/** Splits a cursor of {@link cursorWith}. */
export function cursorIn(cursor: string | undefined): { ts?: string; cursor?: string } {
  const [ts, rest] = cursor?.split(SEPARATOR) ?? [];
  return ts === undefined || rest === undefined ? {} : { ts, cursor: rest };
}

/** Returns a bound in Slack's form. @param since ISO 8601 */
export function toOldest(since: string | undefined) {
  return since === undefined ? {} : { oldest: slackTime(since), inclusive: true };
}

/** Returns a time in the form of Slack's timestamps. @param time ISO 8601 */
export function slackTime(time: string): string {
  return `${Date.parse(time) / 1_000}.000000`;
}
