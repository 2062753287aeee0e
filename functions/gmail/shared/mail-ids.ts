import { idInput, readInput } from 'scalekit-lambda-tools';

const ID = /^[A-Za-z0-9_-]{1,128}$/;
const THREAD_PAGE = /^https:\/\/mail\.google\.com\/mail\/.*\/([0-9a-f]{8,32})$/;

/** An input field for the ID of a message. */
export function messageIdInput(description: string) {
  return idInput(description, {
    pattern: ID,
    expected: 'must be the id of a message, from gmail_list_unread, gmail_triage_inbox or gmail_read_thread',
  });
}

/** An input field for the ID of a thread, or its `url`, which {@link threadUrl} makes. */
export function threadIdInput(description: string) {
  return readInput(description, (value) => THREAD_PAGE.exec(value)?.[1] ?? value, {
    pattern: ID,
    expected:
      'must be a thread_id from gmail_list_unread or gmail_triage_inbox; the IDs in addresses of the Gmail page that begin with FM are of no use',
  });
}

/** An input field for the ID of a filter. */
export function filterIdInput(description: string) {
  return idInput(description, {
    pattern: ID,
    expected: 'must be the id of a filter, from gmail_list_filters',
  });
}

/** Returns the address of a thread's page. The browser opens it in the mailbox that it signed in to first. */
export function threadUrl(threadId: string): string {
  return `https://mail.google.com/mail/#all/${encodeURIComponent(threadId)}`;
}
