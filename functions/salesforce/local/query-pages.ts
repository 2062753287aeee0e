import type { Organisation } from './organisation.ts';
import { API } from './route.ts';
import { SalesforceError } from './salesforce-error.ts';

const BATCH = { least: 200, most: 2_000 };
const QUERY_ID_LENGTH = 15;

/** Returns the page size of a request, within Salesforce's limits. */
export function batchSizeOf(options: string | undefined): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(options ?? '')?.[1] ?? BATCH.most);
  return Math.min(Math.max(asked, BATCH.least), BATCH.most);
}

/** Returns the first page of a query's records, and stores the other records for later requests. */
export function firstPage({ queries }: Organisation, records: unknown[], batchSize: number) {
  if (records.length <= batchSize) return { totalSize: records.length, done: true, records };
  const id = `01gHB${String(Object.keys(queries).length + 1).padStart(QUERY_ID_LENGTH - 5, '0')}AAA`;
  queries[id] = records;
  return page(id, records, 0, batchSize);
}

/** @param locator ID of the query and position of the page, such as 01gHB0000000001AAA-200 */
export function laterPage({ queries }: Organisation, locator: string, batchSize: number) {
  const [id = '', start = ''] = locator.split('-');
  const records = Object.hasOwn(queries, id) ? queries[id] : undefined;
  if (!records || !/^\d+$/.test(start) || Number(start) >= records.length) {
    throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return page(id, records, Number(start), batchSize);
}

function page(id: string, all: unknown[], start: number, batchSize: number) {
  const end = start + batchSize;
  const done = end >= all.length;
  return {
    totalSize: all.length,
    done,
    ...(!done && { nextRecordsUrl: `${API}/query/${id}-${end}` }),
    records: all.slice(start, end),
  };
}
