import {
  completenessOutput,
  id,
  type Page,
  type ProviderClient,
  path,
  providerTime,
  ToolError,
} from 'scalekit-lambda-tools';
import * as z from 'zod';

// https://developers.hubspot.com/docs/guides/api/crm/search
const RECORDS_MAX = 10_000;
const MS_PER_DAY = 86_400_000;

/** A filter whose value is undefined is not sent. */
export type SearchFilter =
  | { propertyName: string; operator: 'CONTAINS_TOKEN' | 'EQ' | 'GTE' | 'LT'; value: string | undefined }
  | { propertyName: string; operator: 'NOT_HAS_PROPERTY' };

export interface Search {
  query?: string | undefined;
  /** A record matches if all filters of at least one group match. */
  groups: readonly (readonly SearchFilter[])[];
  sort?: { propertyName: string; direction: 'ASCENDING' | 'DESCENDING' };
  page: Page;
}

/** A record in a search response. https://developers.hubspot.com/docs/guides/api/crm/search */
export function recordResponse<Properties extends z.ZodRawShape>(properties: Properties) {
  return z.object({
    id: id(),
    url: z.string().nullish(),
    createdAt: providerTime(),
    properties: z.object(properties),
  });
}

/**
 * Returns the two parts of a contract that all search tools share. `output` has the fields beside the list,
 * and `list` defines the list.
 */
export function searchContract<Key extends string, Item extends z.ZodType>(key: Key, item: Item) {
  return {
    output: { total: z.int().describe(`How many ${key} match.`), ...completenessOutput },
    list: { key, item, default: 20, maximum: 200 },
  };
}

/**
 * The output of a search that found one record, except for the record itself. Used in the examples of
 * contracts.
 */
export const ONE_RECORD = {
  total: 1,
  is_complete: true,
  missing: [],
  count: 1,
  next_cursor: null,
  omitted: 0,
};

/**
 * Searches records of one type.
 * @param objects the type, such as `invoices`
 * @param record schema of the properties to return
 * @returns one page of matching records, and the number of all matches
 * @throws ToolError if the page is beyond the last record that HubSpot returns for a search
 */
export async function searchRecords<Properties extends z.ZodRawShape>(
  api: ProviderClient,
  objects: string,
  record: ReturnType<typeof recordResponse<Properties>>,
  search: Search,
) {
  // https://developers.hubspot.com/docs/guides/api/crm/search
  const { body } = await api.post(path`/crm/v3/objects/${objects}/search`, {
    json: { ...searchBody(search), properties: Object.keys(record.shape.properties.shape) },
    isRead: true,
    response: z.object({
      total: z.int(),
      results: z.array(record),
      paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
    }),
  });
  return { records: body.results, total: body.total, next: body.paging?.next?.after };
}

function searchBody({ query, groups, sort, page }: Search) {
  const left = RECORDS_MAX - Number(page.cursor ?? 0);
  if (left <= 0) {
    throw new ToolError('rejected_by_provider', {
      message: `HubSpot returns only the first ${RECORDS_MAX} records of a search. Narrow it, for example to a shorter time, and start again.`,
    });
  }
  const filterGroups = groups
    .map((filters) => ({
      filters: filters.filter((filter) => !('value' in filter) || filter.value !== undefined),
    }))
    .filter(({ filters }) => filters.length > 0);
  return {
    query,
    filterGroups,
    sorts: sort ? [sort] : [],
    limit: Math.min(page.size, left),
    after: page.cursor,
  };
}

/**
 * Returns a time in milliseconds since 1970. HubSpot accepts this format for every property that contains a
 * time.
 */
export function filterTime(time: string | undefined): string | undefined {
  return time === undefined ? undefined : String(Date.parse(time));
}

/** Returns the midnight in UTC at the end of a day, in the format of {@link filterTime}. */
export function dayAfter(day: string): string {
  return String(Date.parse(day) + MS_PER_DAY);
}

/** Returns the time this many days before now, in the format of {@link filterTime}. */
export function daysAgo(days: number): string {
  return String(Date.now() - days * MS_PER_DAY);
}
