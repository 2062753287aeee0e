/** The page of a thread, in the mailbox that the browser is signed in to first. */
export function threadUrl(threadId: string): string {
  return `https://mail.google.com/mail/#all/${encodeURIComponent(threadId)}`;
}
