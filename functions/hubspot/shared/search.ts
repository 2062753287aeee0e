import { id, type Page, providerTime, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';

// https://developers.hubspot.com/docs/guides/api/crm/search
const RECORDS_MAX = 10_000;
const MS_PER_DAY = 86_400_000;

/** A filter whose value is undefined is left out. */
export type SearchFilter =
  | { propertyName: string; operator: 'EQ' | 'GTE' | 'LT'; value: string | undefined }
  | { propertyName: string; operator: 'NOT_HAS_PROPERTY' };

export interface Search {
  query?: string | undefined;
  /** A record has to pass all filters of one group. */
  groups: readonly (readonly SearchFilter[])[];
  sort: { propertyName: string; direction: 'ASCENDING' | 'DESCENDING' };
  /** The properties that the response should have, by name. */
  properties: object;
  page: Page;
}

/**
 * The body of a search for one page of records.
 * @throws ToolError for a page after the last record that a search returns
 */
export function searchBody({ query, groups, sort, properties, page }: Search) {
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
    sorts: [sort],
    properties: Object.keys(properties),
    limit: Math.min(page.size, left),
    after: page.cursor,
  };
}

/** A time in milliseconds, which every property of time can be compared with. */
export function filterTime(time: string | undefined): string | undefined {
  return time === undefined ? undefined : String(Date.parse(time));
}

/** The midnight after a day, in UTC and milliseconds, in which HubSpot keeps days. */
export function dayAfter(day: string): string {
  return String(Date.parse(day) + MS_PER_DAY);
}

/** https://developers.hubspot.com/docs/guides/api/crm/search */
export function searchResponse<Properties extends z.ZodRawShape>(properties: Properties) {
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
