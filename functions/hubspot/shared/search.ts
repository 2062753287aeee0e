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

/** A filter without a value is left out. */
export type SearchFilter =
  | { propertyName: string; operator: 'CONTAINS_TOKEN' | 'EQ' | 'GTE' | 'LT'; value: string | undefined }
  | { propertyName: string; operator: 'NOT_HAS_PROPERTY' };

export interface Search {
  query?: string | undefined;
  /** A record matches if it passes all filters of one group. */
  groups: readonly (readonly SearchFilter[])[];
  sort?: { propertyName: string; direction: 'ASCENDING' | 'DESCENDING' };
  page: Page;
}

/** One record of a search. https://developers.hubspot.com/docs/guides/api/crm/search */
export function recordResponse<Properties extends z.ZodRawShape>(properties: Properties) {
  return z.object({
    id: id(),
    url: z.string().nullish(),
    createdAt: providerTime(),
    properties: z.object(properties),
  });
}

/** The list and the outputs of every tool that searches records. Spread it into the contract. */
export function searchContract<Key extends string, Item extends z.ZodType>(key: Key, item: Item) {
  return {
    output: { total: z.int().describe(`How many ${key} match.`), ...completenessOutput },
    list: { key, item, default: 20, maximum: 200 },
  };
}

/** The outputs of a search with one record, without the record. For the examples of these tools. */
export const ONE_RECORD = {
  total: 1,
  is_complete: true,
  missing: [],
  count: 1,
  next_cursor: null,
  omitted: 0,
};

/**
 * Searches records of one kind.
 * @param objects the kind, such as `invoices`
 * @param record which properties to return
 * @returns one page of the records that match, and how many match
 * @throws ToolError for a page after the last record that HubSpot returns for a search
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

/** A time in milliseconds since 1970. HubSpot compares every property that holds a time with it. */
export function filterTime(time: string | undefined): string | undefined {
  return time === undefined ? undefined : String(Date.parse(time));
}

/** The midnight in UTC at the end of a day, as {@link filterTime} writes it. */
export function dayAfter(day: string): string {
  return String(Date.parse(day) + MS_PER_DAY);
}

/** The time this many days before now, as {@link filterTime} writes it. */
export function daysAgo(days: number): string {
  return String(Date.now() - days * MS_PER_DAY);
}
