import { expect, test } from 'vitest';
import { readPages } from '../shared/pages.ts';

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
  [1, { items: [1], isComplete: true }],
  [3, { items: [1, 2, 3], isComplete: true }],
  [10, { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], isComplete: true }],
  [11, { items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], isComplete: false }],
])('%i pages', async (last, expected) => {
  const { asked, read } = pagesOf(last);

  expect(await readPages(read)).toEqual(expected);
  expect(asked).toEqual([undefined, '2', '3', '4', '5', '6', '7', '8', '9', '10'].slice(0, last));
});
