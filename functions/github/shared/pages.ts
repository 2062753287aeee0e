import type { ProviderAnswer } from 'scalekit-lambda-tools';

type Headers = ProviderAnswer['headers'];

// Reads at most 1,000 items. Hardly any commit or pull request has more.
const PAGES_MAX = 10;

interface PageOf<Item> {
  items: readonly Item[];
  headers: Headers;
}

interface Pages<Item> {
  items: Item[];
  /** One sentence for each kind of items that could not be read. */
  missing: string[];
}

/**
 * Reads the pages of a list, one after the other.
 * @param what the plural name of the items, for the sentence about missing items
 * @param read reads the page with the given number, or the first page if the number is undefined
 * @param isEnough returns true to stop early; items after that do not count as missing
 */
export async function readPages<Item>(
  what: string,
  read: (page: string | undefined) => Promise<PageOf<Item>>,
  isEnough: (items: readonly Item[]) => boolean = () => false,
): Promise<Pages<Item>> {
  const items: Item[] = [];
  const missing: string[] = [];
  let page: string | undefined;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const { items: found, headers } = await read(page);
    items.push(...found);
    missing.push(...withheldIn(headers));
    page = nextPage(headers);
    if (page === undefined || isEnough(items)) return { items, missing };
  }
  return { items, missing: [...missing, `The ${what} after the first ${items.length}.`] };
}

/**
 * Returns the number of the next page, or undefined on the last page.
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function nextPage(headers: Headers): string | undefined {
  return pageOf(headers, 'next');
}

/** Returns the number of the last page, or undefined if this page is the last page. */
export function lastPage(headers: Headers): string | undefined {
  return pageOf(headers, 'last');
}

function pageOf({ link = '' }: Headers, relation: string): string | undefined {
  const found = link.split(',').find((part) => part.includes(`rel="${relation}"`));
  return /[?&]page=(\d{1,9})\b/.exec(found ?? '')?.[1];
}

const WITHHELD =
  'Organisations whose single sign-on (SAML) the connection has not passed. Ask the user to authorise the connected app for them in the settings of GitHub.';

/**
 * Returns a sentence if GitHub left out the data of organisations that require single sign-on. GitHub reports this only
 * in a header.
 * https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#using-saml-sso
 */
export function withheldIn(headers: Headers): string[] {
  return headers['x-github-sso']?.trimStart().startsWith('partial-results') ? [WITHHELD] : [];
}
