import { OBJECT_TYPES } from './object-types.ts';

/** A record of any type, such as a contact or a deal. */
export interface CrmRecord {
  id: string;
  /** The type of the record, such as `contacts`. */
  objects: string;
  properties: Record<string, string | null>;
  createdAt: string;
  updatedAt: string;
  /** The IDs of the associated contacts. */
  contactIds: string[];
  /** Associated records of other types, such as `companies/9101`. */
  links?: readonly string[];
}

/** Returns a record that has not changed since its creation. */
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

const PORTAL = '48112001';

/** Returns a record as HubSpot's responses show it, with the requested and the default properties. */
export function recordView(record: CrmRecord, asked: readonly string[] = []) {
  const { id, objects, createdAt, updatedAt } = record;
  const { defaults = [], texts = [], numbers = [], times = [], typeId } = OBJECT_TYPES.get(objects) ?? {};
  const known = new Set([...defaults, ...texts, ...numbers, ...times]);
  const names = [...new Set([...defaults, ...asked])].filter((name) => known.has(name));
  return {
    id,
    properties: Object.fromEntries(names.map((name) => [name, propertyOf(record, name)])),
    createdAt,
    updatedAt,
    archived: false,
    url: `https://app.hubspot.com/contacts/${PORTAL}/record/${typeId}/${id}`,
  };
}

/** Returns the value of a property, including the properties that HubSpot sets, such as the creation date. */
export function propertyOf({ id, properties, createdAt, updatedAt }: CrmRecord, name: string): string | null {
  const kept = new Map([
    ['hs_object_id', id],
    ['createdate', createdAt],
    ['hs_createdate', createdAt],
    ['hs_lastmodifieddate', updatedAt],
  ]);
  return (Object.hasOwn(properties, name) ? properties[name] : kept.get(name)) ?? null;
}
