import { id, type Page, providerTime, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';

// https://developers.hubspot.com/docs/guides/api/crm/search
const RECORDS_MAX = 10_000;

/** One whose value is undefined does not filter. */
export type SearchFilter =
  | { propertyName: string; operator: 'EQ' | 'GTE' | 'LT'; value: string | undefined }
  | { propertyName: string; operator: 'NOT_HAS_PROPERTY' };

export interface Search {
  query?: string | undefined;
  /** A record has to pass all filters of one of the groups. */
  groups: readonly (readonly SearchFilter[])[];
  sort: { propertyName: string; direction: 'ASCENDING' | 'DESCENDING' };
  /** By name: the properties that the answer is to hold. */
  properties: object;
  page: Page;
}

/**
 * The body of a search for one page of records.
 * @throws ToolError where the page lies behind the last record that a search gives
 */
export function searchBody({ query, groups, sort, properties, page }: Search) {
  const left = RECORDS_MAX - Number(page.cursor ?? 0);
  if (left <= 0) {
    throw new ToolError('rejected_by_provider', {
      message: `HubSpot gives only the first ${RECORDS_MAX} records of a search. Narrow it, such as to a shorter time, and begin again.`,
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
    sorts: [sort],
    properties: Object.keys(properties),
    limit: Math.min(page.size, left),
    after: page.cursor,
  };
}

/** A time in the form that every property of time can be compared with: milliseconds. */
export function filterTime(time: string | undefined): string | undefined {
  return time === undefined ? undefined : String(Date.parse(time));
}

/** https://developers.hubspot.com/docs/guides/api/crm/search */
export function searchAnswer<Properties extends z.ZodRawShape>(properties: Properties) {
  return z.object({
    total: z.int(),
    results: z.array(
      z.object({
        id: id(),
        url: z.string().nullish(),
        createdAt: providerTime(),
        properties: z.object(properties),
      }),
    ),
    paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
  });
}
