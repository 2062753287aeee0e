import type { ListResult, Page } from 'scalekit-lambda-tools';

// Both listings allow 20 calls a minute. The next page goes on where one call of a tool ends.
const PAGES_MAX = 5;

/**
 * Goes through a listing that has no search of its own, until a page of wanted items has come together.
 * @param wantedOnPage returns the wanted items on one page of the listing
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

/** Returns whether each word of a query is in one of the texts, whatever its case and accents. */
export function hasWords(texts: readonly (string | null | undefined)[], query: string): boolean {
  const text = folded(texts.join(' '));
  return folded(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
