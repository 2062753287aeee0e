import pMap from 'p-map';
import { id, type Page, path, type RunContext } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { CONCURRENT_CALLS, getThreadHeadersIfThere } from './load-mail.ts';
import { SendAsListResponse } from './mailbox-settings.ts';
import { WAITING_THREAD_HEADERS, type WaitingThread, waitingThread } from './waiting-thread.ts';

// If no thread of a page waits for an answer, this many more pages are read. A response is therefore rarely
// empty while Gmail has more threads.
const EMPTY_PAGES_MAX = 3;
// https://support.google.com/mail/answer/7190
const SEARCHES = {
  user: 'in:inbox -category:promotions -category:social',
  others: 'in:sent',
};

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/list */
const ThreadListResponse = z.object({
  threads: z.array(z.object({ id: id() })).default([]),
  nextPageToken: z.string().optional(),
});

interface Search {
  waitsFor: WaitingThread['waitsFor'];
  days: number;
  page: Page;
}

interface Found {
  threads: (WaitingThread & { id: string })[];
  /** Gmail's token for the next page. */
  next: string | undefined;
}

/**
 * Finds the threads of a page in which `waitsFor` has to answer: the user, or the others. If a page has no
 * such thread, reads the next pages.
 * @throws ToolError
 */
export async function findWaitingThreads(
  { api, signal }: Pick<RunContext, 'api' | 'signal'>,
  search: Search,
): Promise<Found> {
  // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list
  const { body: own } = await api.get(path`/gmail/v1/users/me/settings/sendAs`, {
    response: SendAsListResponse,
  });
  const addresses = own.sendAs.map(({ sendAsEmail }) => sendAsEmail);
  const found: Found = { threads: [], next: search.page.cursor };
  for (let pages = 0; pages <= EMPTY_PAGES_MAX && found.threads.length === 0; pages += 1) {
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/list
    const { body: list } = await api.get(path`/gmail/v1/users/me/threads`, {
      query: {
        q: `${SEARCHES[search.waitsFor]} newer_than:${search.days}d`,
        maxResults: search.page.size,
        pageToken: found.next,
      },
      response: ThreadListResponse,
    });
    const read = async ({ id }: { id: string }) => {
      const messages = await getThreadHeadersIfThere(api, id, WAITING_THREAD_HEADERS);
      const thread = messages && waitingThread(messages, addresses);
      return thread?.waitsFor === search.waitsFor ? [{ id, ...thread }] : [];
    };
    found.threads = (await pMap(list.threads, read, { concurrency: CONCURRENT_CALLS, signal })).flat();
    found.next = list.nextPageToken;
    if (found.next === undefined) break;
  }
  return found;
}
