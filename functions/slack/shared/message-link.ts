/**
 * Returns the thread and the page of a found message.
 * @param permalink Slack's link of the message; only it says that a message is a reply
 */
export function linkOf(ts: string, permalink: string | null | undefined) {
  const [, thread_ts = ts] = /[?&]thread_ts=(\d{10}\.\d{1,9})(?:&|$)/.exec(permalink ?? '') ?? [];
  return { thread_ts, url: permalink && URL.canParse(permalink) ? new URL(permalink).href : null };
}
