import { idInput, readInput } from 'scalekit-lambda-tools';

const ID = /^[A-Za-z0-9_-]{1,128}$/;
const THREAD_PAGE = /^https:\/\/mail\.google\.com\/mail\/.*\/([0-9a-f]{8,32})$/;

/** Returns the input for the ID of a message. */
export function messageIdInput(description: string) {
  return idInput(description, {
    pattern: ID,
    expected:
      'must be the id of a message, from gmail_list_unread, gmail_triage_inbox, gmail_list_awaiting_reply or gmail_read_thread',
  });
}

/** Returns the input for the ID of a thread, or for its URL from {@link threadUrl}. */
export function threadIdInput(description: string) {
  return readInput(description, (value) => THREAD_PAGE.exec(value)?.[1] ?? value, {
    pattern: ID,
    expected:
      'must be a thread_id from gmail_list_unread, gmail_triage_inbox or gmail_list_awaiting_reply; the IDs in addresses of the Gmail page that begin with FM are of no use',
  });
}

/** Returns the input for the ID of a filter. */
export function filterIdInput(description: string) {
  return idInput(description, {
    pattern: ID,
    expected: 'must be the id of a filter, from gmail_list_filters',
  });
}

/**
 * Returns the URL of a thread's page. If the user has several accounts, the browser opens the account in which the user
 * signed in first. The page of a thread also shows its drafts. The URL of one draft would need the ID of its message,
 * which changes with every edit: https://developers.google.com/workspace/gmail/api/guides/drafts
 */
export function threadUrl(threadId: string): string {
  return `https://mail.google.com/mail/#all/${encodeURIComponent(threadId)}`;
}
