import { providerTime, ToolError, utcTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

const MS_PER_MINUTE = 60_000;
const DURATIONS_NAMED_MAX = 10;
// No link offers more. Without this limit, a link that always has more would be read for ever.
const MONTHS_MAX = 24;

/** https://developers.hubspot.com/docs/api-reference/library-meetings-v3/guide */
export const AvailabilityResponse = z.object({
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
 * Returns one page of the slots of one duration.
 * @param earliest a time, or a month
 * @param size how many slots, at most
 * @param minutes the duration; by default the shortest that is offered
 * @throws ToolError if the link does not offer that duration
 */
export function slotPage(
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
export function monthOf(time: string): string {
  return time.slice(0, '2026-12'.length);
}

/** Returns how many months a month is after the month of `now`. */
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
