import { expect, test } from 'vitest';
import { nextPage } from '../shared/pages.ts';

const link = (page: string, relation: string) =>
  `<https://api.github.com/repositories/1300192/issues?per_page=2&${page}>; rel="${relation}"`;

test.each([
  ['the next one', `${link('page=2', 'prev')}, ${link('page=4', 'next')}, ${link('page=9', 'last')}`, '4'],
  ['none on the last', `${link('page=1', 'first')}, ${link('page=8', 'prev')}`, undefined],
  ['none without links', undefined, undefined],
  ['none that is no number', link('page=x', 'next'), undefined],
  ['no size of a page', link('after=4', 'next'), undefined],
  ['nothing of what is too long', link(`page=${'1'.repeat(100_000)}`, 'next'), undefined],
])('%s', (_, header, page) => {
  expect(nextPage(header === undefined ? {} : { link: header })).toBe(page);
});
