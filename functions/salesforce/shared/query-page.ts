import * as z from 'zod';

/** The least that Salesforce returns at once. The runtime splits it into pages, and reads it again for each. */
export const PAGE_SIZE_LEAST = 200;
/** A hint that Salesforce may ignore; records beyond it are not lost. */
export const PAGE_HEADERS = { 'sforce-query-options': `batchSize=${PAGE_SIZE_LEAST}` };

// Such as /services/data/v68.0/query/01gD0000002HU6KIAW-2000. A cursor keeps only the last part.
const NEXT_RECORDS_URL = /\/query\/([A-Za-z0-9]{1,40}-\d{1,10})$/;
const Locator = z.string().transform((url, context) => {
  const locator = NEXT_RECORDS_URL.exec(url)?.[1];
  if (locator !== undefined) return locator;
  context.addIssue('Expected the address of a page');
  return z.NEVER;
});

/** One page of a query's records: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm */
export function queryPage<Item extends z.ZodType>(item: Item) {
  return z
    .object({ records: z.array(item), nextRecordsUrl: Locator.nullish() })
    .transform(({ records, nextRecordsUrl }) => ({ records, next: nextRecordsUrl }));
}
