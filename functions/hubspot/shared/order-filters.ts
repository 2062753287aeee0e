import { filterTime, type SearchFilter } from './search.ts';

// When the shop took the order; records that were imported later keep it.
const BY_SHOP = 'hs_external_created_date';
// When HubSpot got the record, which is the only date of orders that no shop made.
const BY_HUBSPOT = 'hs_createdate';

interface OrderBounds {
  since: string | undefined;
  until: string | undefined;
}

/** The newest by the shop's date first. Orders without one come last. */
export const ORDER_SORT = { propertyName: BY_SHOP, direction: 'DESCENDING' } as const;

/** Adds a period to filters: by the shop's date, and for orders without one by HubSpot's. */
export function inPeriod(filters: readonly SearchFilter[], { since, until }: OrderBounds): SearchFilter[][] {
  if (since === undefined && until === undefined) return [[...filters]];
  const within = (propertyName: string): SearchFilter[] => [
    { propertyName, operator: 'GTE', value: filterTime(since) },
    { propertyName, operator: 'LT', value: filterTime(until) },
  ];
  return [
    [...filters, ...within(BY_SHOP)],
    [...filters, { propertyName: BY_SHOP, operator: 'NOT_HAS_PROPERTY' }, ...within(BY_HUBSPOT)],
  ];
}
