import { timeAt } from '../../../local/providers/story-time.ts';
import type { CrmRecord } from './crm-record.ts';
import { activities } from './seed/activities.ts';
import { companies, contacts, tickets } from './seed/contacts.ts';
import { deals } from './seed/deals.ts';
import { invoices } from './seed/invoices.ts';
import { orders } from './seed/orders.ts';

export interface SubscriptionStatus {
  email: string;
  subscriptionId: number;
  status: string;
  timestamp: string;
  legalBasis?: string | undefined;
  legalBasisExplanation?: string | undefined;
}

export interface HubSpotState {
  records: CrmRecord[];
  subscriptionStatuses: SubscriptionStatus[];
  /** The e-mail addresses that opted out of all e-mail. */
  optedOut: string[];
  bookings: { slug: string; startMs: number; endMs: number }[];
  lastId: number;
}

export function seedState(): HubSpotState {
  return {
    records: [
      ...contacts(),
      ...companies(),
      ...tickets(),
      ...activities(),
      ...deals(Date.now()),
      ...orders(),
      ...invoices(),
    ],
    subscriptionStatuses: [
      {
        email: 'priya@greencampus.example',
        subscriptionId: 7890,
        status: 'SUBSCRIBED',
        timestamp: timeAt(-265, '09:00'),
      },
    ],
    optedOut: ['tomas@berg-family.example'],
    bookings: [],
    lastId: 80_000,
  };
}

/** Adds a record with the next ID. */
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
