import type { HubSpotState } from './state.ts';

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;
const DAYS_OFFERED = 42;
const START_HOURS = [8, 9, 10, 13, 14, 15];

export interface MeetingLink {
  id: string;
  slug: string;
  name: string;
  userId: string;
  durationsMinutes: readonly number[];
  /** The required questions of the booking form. */
  questions?: readonly string[];
}

export const MEETING_LINKS: readonly MeetingLink[] = [
  { id: '301', slug: 'ada-okafor', name: 'Fleets and leases', userId: '7654321', durationsMinutes: [30, 60] },
  // Most slugs have two parts, as here.
  {
    id: '303',
    slug: 'ada-okafor/first-visit',
    name: 'First visit',
    userId: '7654321',
    durationsMinutes: [30],
    questions: ['company'],
  },
  { id: '302', slug: 'workshop', name: 'Workshop visit', userId: '7654322', durationsMinutes: [15] },
];

interface Slot {
  startMillisUtc: number;
  endMillisUtc: number;
}

/** Returns the free slots: on weekdays, from tomorrow, for six weeks. */
export function freeSlots(state: HubSpotState, { slug }: MeetingLink, minutes: number): Slot[] {
  const today = Math.floor(Date.now() / MS_PER_DAY) * MS_PER_DAY;
  const days = Array.from({ length: DAYS_OFFERED }, (_, index) => today + (index + 1) * MS_PER_DAY);
  return days
    .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    .flatMap((day) => START_HOURS.map((hour) => day + hour * 60 * MS_PER_MINUTE))
    .map((start) => ({ startMillisUtc: start, endMillisUtc: start + minutes * MS_PER_MINUTE }))
    .filter((slot) => !state.bookings.some((booking) => booking.slug === slug && overlap(slot, booking)));
}

function overlap(slot: Slot, { startMs, endMs }: HubSpotState['bookings'][number]): boolean {
  return slot.startMillisUtc < endMs && startMs < slot.endMillisUtc;
}

/** Returns the slots of one month. @param monthOffset months after the current month in UTC */
export function availability(state: HubSpotState, link: MeetingLink, monthOffset: number) {
  const now = new Date();
  const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthOffset);
  const monthEnd = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthOffset + 1);
  const byDuration = link.durationsMinutes.map((minutes) => {
    const slots = freeSlots(state, link, minutes);
    const availabilities = slots.filter(
      ({ startMillisUtc }) => startMillisUtc >= monthStart && startMillisUtc < monthEnd,
    );
    const meetingDurationMillis = minutes * MS_PER_MINUTE;
    return { slots, entry: [meetingDurationMillis, { meetingDurationMillis, availabilities }] as const };
  });
  return {
    hasMore: byDuration.some(({ slots }) => slots.some(({ startMillisUtc }) => startMillisUtc >= monthEnd)),
    linkAvailabilityByDuration: Object.fromEntries(byDuration.map(({ entry }) => entry)),
  };
}
