import type { CrmRecord } from './crm-record.ts';
import type { HubSpotState } from './state.ts';

/** Keeps a new record under the next ID. */
export function addRecord(
  state: HubSpotState,
  objects: string,
  properties: CrmRecord['properties'],
  contactIds: string[] = [],
): CrmRecord {
  const now = new Date().toISOString();
  state.lastId += 1;
  const record = {
    id: String(state.lastId),
    objects,
    properties,
    createdAt: now,
    updatedAt: now,
    contactIds,
  };
  state.records.push(record);
  return record;
}
