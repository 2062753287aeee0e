import * as z from 'zod';

const NextPage = z.looseObject({
  count: z.number(),
  next_cursor: z.string().nullable(),
  omitted: z.number(),
});
const PAGES_MAX = 100;

/**
 * Reads all pages of a list. Each call gets the `next_cursor` of the page before.
 * @param call calls the tool with the given input, which may contain a cursor
 * @param key the key of the items in the output
 * @returns the items of each page
 */
export async function everyPage(
  call: (input: Record<string, unknown>) => Promise<{ json: unknown }>,
  key: string,
  input: Record<string, unknown> = {},
): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let cursor: string | null = null;
  do {
    const page = NextPage.parse((await call({ ...input, ...(cursor !== null && { cursor }) })).json);
    const items = z.array(z.unknown()).length(page.count).parse(page[key]);
    pages.push(items);
    cursor = page.next_cursor;
  } while (cursor !== null && pages.length < PAGES_MAX);
  if (cursor !== null) throw new Error(`${key} had more than ${PAGES_MAX} pages.`);
  return pages;
}
