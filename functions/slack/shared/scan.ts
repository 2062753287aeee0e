import type { ListResult, Page } from 'scalekit-lambda-tools';

// Slack allows 20 requests a minute to each listing. The tool's next page continues after this many pages.
const PAGES_MAX = 5;

/**
 * Reads a listing that Slack cannot search, until one page of matching items is found.
 * @param wantedOnPage reads one page of the listing, and returns the matching items
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

// For example, `Okafor, Ada`, `ada.okafor` and `"Ada" Okafor` must match `Ada Okafor`.
const SEPARATORS = /[\s,;_.|/()[\]"'“”„‘’«»-]+/;
// Letters that Unicode does not split into a base letter and an accent.
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ı', 'i'],
]);

/** Returns whether the texts contain every word of a query, ignoring case, accents and punctuation. */
export function hasWords(texts: readonly (string | null | undefined)[], query: string): boolean {
  const text = folded(texts.join(' '));
  const words = folded(query).split(SEPARATORS).filter(Boolean);
  return words.length > 0 ? words.every((word) => text.includes(word)) : text.includes(folded(query));
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđðþßæœı]/g, (letter) => LETTERS.get(letter) ?? letter)
    .trim();
}
