import { ifReadable } from 'scalekit-lambda-tools';
import * as z from 'zod';

/**
 * The smallest page size that Salesforce supports. A tool returns fewer records at once, so several calls
 * read the same page, and each call returns another part of it.
 */
export const PAGE_SIZE_LEAST = 200;
/**
 * Requests the smallest page size. If Salesforce ignores the header, the pages are larger, but no record is missing.
 */
export const PAGE_HEADERS = { 'sforce-query-options': `batchSize=${PAGE_SIZE_LEAST}` };

/** Returns the result of a read, or undefined if the account cannot see the object or one of its fields. */
export function ifVisible<Result>(read: Promise<Result>): Promise<Result | undefined> {
  return ifReadable(read, ['not_found', 'permission_denied', 'rejected_by_provider']);
}

// Matches a path such as /services/data/v68.0/query/01gD0000002HU6KIAW-2000. A cursor contains only the last
// segment.
const NEXT_RECORDS_URL = /\/query\/([A-Za-z0-9]{1,40}-\d{1,10})$/;
const Locator = z.string().transform((url, context) => {
  const locator = NEXT_RECORDS_URL.exec(url)?.[1];
  if (locator !== undefined) return locator;
  context.addIssue('Expected the address of a page');
  return z.NEVER;
});

/**
 * One page of the records that match a query.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
 */
export function queryPage<Item extends z.ZodType>(item: Item) {
  return z
    .object({ records: z.array(item), nextRecordsUrl: Locator.nullish() })
    .transform(({ records, nextRecordsUrl }) => ({ records, next: nextRecordsUrl }));
}
