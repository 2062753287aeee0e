/**
 * Returns the timestamps of a found message and of its thread, and its page.
 * @param permalink Slack's link of the message; only it says that a message is a reply
 */
export function linkOf(ts: string, permalink: string | null | undefined) {
  const [, thread_ts = ts] = /[?&]thread_ts=(\d{10}\.\d{1,9})(?:&|$)/.exec(permalink ?? '') ?? [];
  return { ts, thread_ts, url: permalink && URL.canParse(permalink) ? new URL(permalink).href : null };
}
