import { SlackError } from './method.ts';

/**
 * Returns one page of a list that uses cursors.
 * @param kind the prefix inside the cursors of this list, such as `team`; other cursors are rejected
 */
export function pageOf<Item>(
  all: readonly Item[],
  kind: string,
  idOf: (item: Item) => string,
  { cursor = '', limit }: { cursor?: string | undefined; limit: number },
) {
  const start = cursor === '' ? 0 : all.findIndex((item) => cursorOf(kind, idOf(item)) === cursor);
  if (start < 0) throw new SlackError('invalid_cursor');
  const following = all[start + limit];
  return {
    items: all.slice(start, start + limit),
    hasMore: following !== undefined,
    response_metadata: { next_cursor: following === undefined ? '' : cursorOf(kind, idOf(following)) },
  };
}

function cursorOf(kind: string, id: string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}
