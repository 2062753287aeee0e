import * as z from 'zod';

// Enough for 5,000 owners or 1,000 meeting links. No account needs more.
const PAGES_MAX = 10;

/** The position of the next page in one of HubSpot's lists. */
export const pagingResponse = z
  .object({ next: z.object({ after: z.string() }).nullish() })
  .nullish()
  .transform((paging) => paging?.next?.after);

interface PageOf<Item> {
  results: Item[];
  /** The position of the next page; undefined on the last page. */
  paging: string | undefined;
}

/**
 * Reads the pages of a list, one after the other.
 * @param read reads the page at a position, or the first page if the position is undefined
 * @returns the results of at most `PAGES_MAX` pages. `isCut` is true if HubSpot has more results.
 */
export async function everyResult<Item>(
  read: (after: string | undefined) => Promise<PageOf<Item>>,
): Promise<{ results: Item[]; isCut: boolean }> {
  const results: Item[] = [];
  let after: string | undefined;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const page = await read(after);
    results.push(...page.results);
    after = page.paging;
    if (after === undefined) return { results, isCut: false };
  }
  return { results, isCut: true };
}
