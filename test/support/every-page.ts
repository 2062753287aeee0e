import * as z from 'zod';

const NextPage = z.looseObject({
  count: z.number(),
  next_cursor: z.string().nullable(),
  omitted: z.number(),
});
const PAGES_MAX = 100;

/**
 * Follows `next_cursor` to the end of a list.
 * @param call the tool, which gets the inputs with the cursor added
 * @param key the key of its items
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
