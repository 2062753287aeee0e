import type { CrmRecord } from './crm-record.ts';
import { OBJECT_TYPES } from './object-types.ts';

const PORTAL = '48112001';

/** A record as an answer has it, with the properties that were asked for and those that are always there. */
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

/** The value of a property, those included that HubSpot keeps itself. */
export function propertyOf({ id, properties, createdAt, updatedAt }: CrmRecord, name: string): string | null {
  const kept = new Map([
    ['hs_object_id', id],
    ['createdate', createdAt],
    ['hs_createdate', createdAt],
    ['hs_lastmodifieddate', updatedAt],
  ]);
  return (Object.hasOwn(properties, name) ? properties[name] : kept.get(name)) ?? null;
}
