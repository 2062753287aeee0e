import type { RequestContext } from './answers.ts';

const PER_PAGE_DEFAULT = 30;
const PER_PAGE_MAX = 100;

/** Returns the requested page, and sets the `link` header in GitHub's format. */
export function pageOf<Item>(context: RequestContext, items: readonly Item[]): Item[] {
  const perPage = Math.min(positive(context.req.query('per_page'), PER_PAGE_DEFAULT), PER_PAGE_MAX);
  const page = positive(context.req.query('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const links = [
    ...(page > 1 ? [link(context, page - 1, 'prev')] : []),
    ...(page < last ? [link(context, page + 1, 'next'), link(context, last, 'last')] : []),
    ...(page > 1 ? [link(context, 1, 'first')] : []),
  ];
  if (links.length > 0) context.header('link', links.join(', '));
  return items.slice((page - 1) * perPage, page * perPage);
}

function positive(value: string | undefined, fallback: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}

function link(context: RequestContext, page: number, relation: string): string {
  const url = new URL(context.req.url);
  url.searchParams.set('page', String(page));
  return `<https://api.github.com${url.pathname}?${url.searchParams}>; rel="${relation}"`;
}
