import type { ProviderAnswer } from 'scalekit-lambda-tools';

// At 100 items each more than any commit or pull request sensibly has; a bound for those that have more.
const PAGES_MAX = 10;

interface PageOf<Item> {
  items: readonly Item[];
  headers: ProviderAnswer['headers'];
}

/** All pages of a list, one after the other; `isComplete` is false where there were more than can be read. */
export async function readPages<Item>(
  read: (page: string | undefined) => Promise<PageOf<Item>>,
): Promise<{ items: Item[]; isComplete: boolean }> {
  const items: Item[] = [];
  let page: string | undefined;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const { items: found, headers } = await read(page);
    items.push(...found);
    page = nextPage(headers);
    if (page === undefined) return { items, isComplete: true };
  }
  return { items, isComplete: false };
}

/**
 * The number of the page after this one; undefined on the last.
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function nextPage({ link = '' }: ProviderAnswer['headers']): string | undefined {
  const next = link.split(',').find((part) => part.includes('rel="next"'));
  return /[?&]page=(\d{1,9})\b/.exec(next ?? '')?.[1];
}
