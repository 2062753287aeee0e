import type { ListResult, Page } from 'scalekit-lambda-tools';

// Both listings allow 20 calls a minute. What one call of a tool does not reach, its next page does.
const PAGES_MAX = 5;
/** The most that Slack recommends: https://docs.slack.dev/apis/web-api/pagination */
export const SCANNED_PAGE_SIZE = 200;

/**
 * Goes through a listing that has no search of its own, until a page of what is wanted has come together.
 * @param wantedOnPage gives what is wanted of one page of the listing
 */
export async function scan<Item>(
  { size, cursor }: Page,
  wantedOnPage: (cursor: string | undefined) => Promise<ListResult<Item>>,
): Promise<{ items: Item[]; next: string | undefined }> {
  const items: Item[] = [];
  let next = cursor;
  for (let pages = 0; pages < PAGES_MAX && items.length < size; pages += 1) {
    const page = await wantedOnPage(next);
    items.push(...page.items);
    next = page.next || undefined;
    if (next === undefined) break;
  }
  return { items, next };
}

/** Whether each word of a query is in one of the names, whatever its case and accents. */
export function hasWords(names: readonly (string | null | undefined)[], query: string): boolean {
  const text = folded(names.join(' '));
  return folded(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
