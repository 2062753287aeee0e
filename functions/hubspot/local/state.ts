import type { CrmRecord } from './crm-record.ts';
import { activities } from './seed/activities.ts';
import { contacts } from './seed/contacts.ts';
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
  /** The addresses that want no email at all. */
  optedOut: string[];
  bookings: { slug: string; startMs: number; endMs: number }[];
  lastId: number;
}

export function seedState(): HubSpotState {
  return {
    records: [...contacts(), ...activities(), ...deals(Date.now()), ...orders(), ...invoices()],
    subscriptionStatuses: [
      {
        email: 'priya@greencampus.example',
        subscriptionId: 7890,
        status: 'SUBSCRIBED',
        timestamp: '2026-03-02T09:00:00.000Z',
      },
    ],
    optedOut: ['tomas@berg-family.example'],
    bookings: [],
    lastId: 80_000,
  };
}
