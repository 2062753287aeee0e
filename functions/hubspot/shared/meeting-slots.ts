import { providerTime, ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { monthOf, monthsAfter, nextMonth } from './meeting-month.ts';
import { utcNow } from './utc-now.ts';

const MS_PER_MINUTE = 60_000;
const DURATIONS_NAMED_MAX = 10;
// No link offers more; one that says so for ever would be read for ever.
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
 * The starts of the slots of one duration.
 * @param earliest a time, or a month
 * @param minutes the shortest that is offered, where it is not given
 * @throws ToolError where only others are offered
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
  return monthsAfter(utcNow(), month) > MONTHS_MAX ? undefined : month;
}

function notOffered(durations: readonly number[]): ToolError {
  return new ToolError('rejected_by_provider', {
    message: `This meeting link offers ${durations.slice(0, DURATIONS_NAMED_MAX).join(', ')} minutes. Choose one of them.`,
    details: [{ path: 'duration_minutes', issue: 'is not a value that the provider accepts' }],
  });
}
