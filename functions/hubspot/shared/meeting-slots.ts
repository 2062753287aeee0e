import { type ProviderClient, path, providerTime, ToolError, utcTime } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { slugSegment } from './meeting-link.ts';

const MS_PER_MINUTE = 60_000;
const DURATIONS_NAMED_MAX = 10;
// No meeting link offers slots that are further ahead. The limit ends the search if HubSpot always reports
// `hasMore`.
const MONTHS_MAX = 24;
// One request returns one month. After this many months without slots, the page is empty and has a cursor.
const MONTHS_PER_CALL_MAX = 6;

/** https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide */
const AvailabilityResponse = z.object({
  linkAvailability: z
    .object({
      hasMore: z.boolean(),
      linkAvailabilityByDuration: z.record(
        z.string(),
        z.object({
          meetingDurationMillis: z.int(),
          availabilities: z.array(z.object({ startMillisUtc: providerTime('milliseconds') })),
        }),
      ),
    })
    .nullish(),
});

/**
 * Reads one page of free slots with one duration. Months without a free slot are skipped. After many such
 * months, the page is empty, `next` is the next month to read, and `missing` explains this.
 * @param from the time or the month from which slots are read
 * @param size the maximum number of slots
 * @param minutes the duration; the default is the shortest duration that the link offers
 * @throws ToolError if the link does not exist, or does not offer that duration
 */
export async function readSlots(
  api: ProviderClient,
  slug: string,
  { from, size, minutes }: { from: string; size: number; minutes: number | undefined },
) {
  let page = await readMonth(api, slug, from, size, minutes);
  for (let months = 1; months < MONTHS_PER_CALL_MAX; months += 1) {
    if (page.items.length > 0 || page.next === undefined) break;
    page = await readMonth(api, slug, page.next, size, minutes);
  }
  const isGap = page.items.length === 0 && page.next !== undefined;
  return { ...page, missing: isGap && `Slots from ${page.next} on: next_cursor continues there.` };
}

async function readMonth(
  api: ProviderClient,
  slug: string,
  earliest: string,
  size: number,
  minutes: number | undefined,
) {
  const monthOffset = Math.max(0, monthsAfter(utcTime(Date.now()), monthOf(earliest)));
  // https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide
  const { body } = await api.get(
    path`/scheduler/v3/meetings/meeting-links/book/availability-page/${slugSegment(slug)}`,
    { query: { timezone: 'UTC', monthOffset }, response: AvailabilityResponse },
  );
  return slotPage(body, earliest, size, minutes);
}

/**
 * Returns one page of the slots of one month.
 * @param earliest the time or the month from which slots are returned
 * @param size the maximum number of slots
 * @param minutes the duration; the default is the shortest duration that the link offers
 * @throws ToolError if the link does not offer that duration
 */
function slotPage(
  { linkAvailability }: z.output<typeof AvailabilityResponse>,
  earliest: string,
  size: number,
  minutes: number | undefined,
) {
  const offered = Object.values(linkAvailability?.linkAvailabilityByDuration ?? {})
    .map((duration) => ({ ...duration, minutes: Math.round(duration.meetingDurationMillis / MS_PER_MINUTE) }))
    .sort((one, other) => one.minutes - other.minutes);
  const durations = offered.map((duration) => duration.minutes);
  const chosen = offered.find((duration) => minutes === undefined || duration.minutes === minutes);
  if (!chosen && durations.length > 0) throw notOffered(durations);
  const starts = chosen?.availabilities.map(({ startMillisUtc }) => startMillisUtc) ?? [];
  const left = starts.filter((start) => start >= earliest).sort();
  return {
    items: left.slice(0, size),
    next: left[size] ?? (linkAvailability?.hasMore ? monthToReadAfter(earliest) : undefined),
    duration_minutes: chosen?.minutes ?? null,
    durations_offered: durations,
  };
}

function monthToReadAfter(time: string): string | undefined {
  const month = nextMonth(monthOf(time));
  return monthsAfter(utcTime(Date.now()), month) > MONTHS_MAX ? undefined : month;
}

function notOffered(durations: readonly number[]): ToolError {
  return new ToolError('rejected_by_provider', {
    message: `This meeting link offers ${durations.slice(0, DURATIONS_NAMED_MAX).join(', ')} minutes. Choose one of them.`,
    details: [{ path: 'duration_minutes', issue: 'is not a value that the provider accepts' }],
  });
}

/** Returns the month of a time: `2026-12` for `2026-12-03T09:00:00Z`. */
function monthOf(time: string): string {
  return time.slice(0, '2026-12'.length);
}

/** Returns the number of months between the month of `now` and the given month. */
export function monthsAfter(now: string, month: string): number {
  return monthNumber(month) - monthNumber(monthOf(now));
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number)).toISOString().slice(0, month.length);
}

function monthNumber(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return year * 12 + number;
}
