import type { Search, SearchFilter } from './search.ts';

const MS_PER_DAY = 86_400_000;

/** Finds open deals that are older than so many days, and on which nothing was logged in these days, or ever. */
export function idleDealSearch(
  idleDays: number,
  ownerId: string | undefined,
): Pick<Search, 'groups' | 'sort'> {
  const value = String(Date.now() - idleDays * MS_PER_DAY);
  const open: SearchFilter[] = [
    { propertyName: 'hs_is_closed', operator: 'EQ', value: 'false' },
    { propertyName: 'hubspot_owner_id', operator: 'EQ', value: ownerId },
    { propertyName: 'createdate', operator: 'LT', value },
  ];
  return {
    groups: [
      [...open, { propertyName: 'notes_last_updated', operator: 'LT', value }],
      [...open, { propertyName: 'notes_last_updated', operator: 'NOT_HAS_PROPERTY' }],
    ],
    sort: { propertyName: 'notes_last_updated', direction: 'ASCENDING' },
  };
}
