import { type CrmRecord, seedRecord } from '../crm-record.ts';
import { isClosedStage } from './pipeline-stages.ts';

const MS_PER_DAY = 86_400_000;
const ADA = '1234567';
const GRACE = '1234568';
const NOTE_IDS_FROM = 50_000;
// This deal gets no note here, because `activities.ts` already associates activities with it.
const TALKED_ABOUT = 6001;

interface SeedDeal {
  id: number;
  name: string;
  stage: string;
  amount: string | null;
  owner: string;
  createdDaysAgo: number;
  /** Days since the last activity; null if the deal has no activity. */
  activeDaysAgo: number | null;
  contactId: number;
}

const DEALS: readonly SeedDeal[] = [
  deal(6001, 'City Ferries: 12 bikes on lease', 'offersent', '14400.00', ADA, 12, 1.5, 9001),
  deal(6002, 'Green Campus: repair day', 'qualifiedtobuy', '900.00', GRACE, 120, 45, 9004),
  deal(6003, 'Fixed Gear Club: workshop days', 'appointmentscheduled', '2400.00', GRACE, 300, 210, 9005),
  deal(6004, 'Tidewheel: demo wheels', 'appointmentscheduled', null, ADA, 90, null, 9002),
  deal(6005, 'Green Campus: parking racks', 'offersent', '3150.50', ADA, 200, 70, 9004),
  deal(6006, 'Fixed Gear Club: 4 frames', 'closedlost', '5200.00', ADA, 400, 300, 9005),
  deal(6007, 'City Ferries: trial bikes', 'closedwon', '1200.00', ADA, 250, 190, 9001),
  deal(6008, 'Green Campus: spring check', 'appointmentscheduled', null, GRACE, 0.5, null, 9004),
];

/**
 * Returns the deals. Each deal with activity also gets a note, which is its last activity. Times are relative
 * to `nowMs`, so some deals are always idle.
 */
export function deals(nowMs: number): CrmRecord[] {
  return DEALS.flatMap(({ id, name, stage, amount, owner, createdDaysAgo, activeDaysAgo, contactId }) => {
    const createdate = timeBefore(nowMs, createdDaysAgo);
    const properties = {
      dealname: name,
      pipeline: 'default',
      dealstage: stage,
      amount,
      deal_currency_code: 'EUR',
      hubspot_owner_id: owner,
      hs_is_closed: String(isClosedStage(stage)),
      notes_last_updated: activeDaysAgo === null ? null : timeBefore(nowMs, activeDaysAgo),
      notes_next_activity_date: id === 6002 ? timeBefore(nowMs, -3) : null,
      createdate,
    };
    const record = seedRecord('deals', id, createdate, properties, [contactId]);
    const lastAt = properties.notes_last_updated;
    if (lastAt === null || id === TALKED_ABOUT) return [record];
    const note = { hs_timestamp: lastAt, hs_note_body: `Talked about ${name}.` };
    return [record, seedRecord('notes', NOTE_IDS_FROM + id, lastAt, note, [], [`deals/${id}`])];
  });
}

function timeBefore(nowMs: number, days: number): string {
  return new Date(nowMs - days * MS_PER_DAY).toISOString();
}

function deal(
  id: number,
  name: string,
  stage: string,
  amount: string | null,
  owner: string,
  createdDaysAgo: number,
  activeDaysAgo: number | null,
  contactId: number,
): SeedDeal {
  return { id, name, stage, amount, owner, createdDaysAgo, activeDaysAgo, contactId };
}
