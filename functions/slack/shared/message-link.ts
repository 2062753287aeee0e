/**
 * Returns the `ts` of a found message, the `ts` of its thread, and the URL of the message.
 * @param permalink Slack's link to the message; only this link shows that a message is a reply
 */
export function linkOf(ts: string, permalink: string | null | undefined) {
  const [, thread_ts = ts] = /[?&]thread_ts=(\d{10}\.\d{1,9})(?:&|$)/.exec(permalink ?? '') ?? [];
  return { ts, thread_ts, url: permalink && URL.canParse(permalink) ? new URL(permalink).href : null };
}
