import { describe, expect, test } from 'vitest';
import { lastPage, nextPage, readPages, withheldIn } from '../shared/pages.ts';

const link = (page: string, relation: string) =>
  `<https://api.github.com/repositories/1300192/issues?per_page=2&${page}>; rel="${relation}"`;

describe('the reader of the link header', () => {
  test.each([
    [
      'page 4 as the next page',
      `${link('page=2', 'prev')}, ${link('page=4', 'next')}, ${link('page=9', 'last')}`,
      '4',
    ],
    ['no next page on the last page', `${link('page=1', 'first')}, ${link('page=8', 'prev')}`, undefined],
    ['no next page if there are no links', undefined, undefined],
    ['no next page if the page number is not a number', link('page=x', 'next'), undefined],
    ['no next page if the link has another parameter', link('after=4', 'next'), undefined],
    [
      'no next page if the page number has 100,000 digits',
      link(`page=${'1'.repeat(100_000)}`, 'next'),
      undefined,
    ],
  ])('returns %s', (_, header, page) => {
    expect(nextPage(header === undefined ? {} : { link: header })).toBe(page);
  });

  test('returns the last page', () => {
    expect(lastPage({ link: `${link('page=2', 'next')}, ${link('page=12345', 'last')}` })).toBe('12345');
  });
});

const pagesOf = (last: number) => {
  const asked: (string | undefined)[] = [];
  const read = async (page: string | undefined) => {
    asked.push(page);
    const number = Number(page ?? 1);
    const headers = number < last ? { link: `<https://x.example/?page=${number + 1}>; rel="next"` } : {};
    return { items: [number], headers };
  };
  return { asked, read };
};

test.each([
  [1, { items: [1], missing: [] }],
  [3, { items: [1, 2, 3], missing: [] }],
  [10, { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], missing: [] }],
  [11, { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], missing: ['The reviews after the first 10.'] }],
])('readPages reads at most ten pages if the list has %i', async (last, expected) => {
  const { asked, read } = pagesOf(last);

  expect(await readPages('reviews', read)).toEqual(expected);
  expect(asked).toEqual([undefined, '2', '3', '4', '5', '6', '7', '8', '9', '10'].slice(0, last));
});

test('readPages stops early if there are enough items, and does not report missing items', async () => {
  const { asked, read } = pagesOf(9);

  const pages = await readPages('reviews', read, (items) => items.length >= 2);

  expect(pages).toEqual({ items: [1, 2], missing: [] });
  expect(asked).toHaveLength(2);
});

// https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#using-saml-sso
test.each([
  ['partial-results; organizations=21955855,20582480', 1],
  ['partial-results', 1],
  [
    'required; url=https://github.com/orgs/octodocs-test/sso?authorization_request=AZSCKtL4U8yX1H3sCQIVnVgmjmon5fWx',
    0,
  ],
  [undefined, 0],
])('the number of messages that withheldIn returns is $1 for the header: %s', async (header, count) => {
  const headers = header === undefined ? {} : { 'x-github-sso': header };

  expect(withheldIn(headers)).toHaveLength(count);
  const { missing } = await readPages('files', async () => ({ items: [], headers }));
  expect(missing).toEqual(withheldIn(headers));
});
