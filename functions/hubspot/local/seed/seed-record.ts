import type { CrmRecord } from '../crm-record.ts';

/** A record that was never changed after it was made. */
export function seedRecord(
  objects: string,
  id: number,
  createdAt: string,
  properties: Record<string, string | null>,
  contactIds: number[] = [],
  links: readonly string[] = [],
): CrmRecord {
  return {
    id: String(id),
    objects,
    properties,
    createdAt,
    updatedAt: createdAt,
    contactIds: contactIds.map(String),
    links,
  };
}
