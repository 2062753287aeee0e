import * as z from 'zod';

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;
const MONTHS = [0, 1, 2];

const Availability = z.object({
  linkAvailability: z.object({
    linkAvailabilityByDuration: z.record(
      z.string(),
      z.object({ availabilities: z.array(z.object({ startMillisUtc: z.number() })) }),
    ),
  }),
});

/** Reads the start times of all free slots from the emulated HubSpot, month by month. */
export async function everySlot(
  atProvider: (path: string) => Promise<unknown>,
  slug: string,
  minutes: number,
): Promise<string[]> {
  const path = `/scheduler/v3/meetings/meeting-links/book/availability-page/${slug}?timezone=UTC&monthOffset=`;
  const months = await Promise.all(
    MONTHS.map(async (offset) => Availability.parse(await atProvider(path + offset))),
  );
  return months
    .flatMap(
      ({ linkAvailability }) =>
        linkAvailability.linkAvailabilityByDuration[String(minutes * MS_PER_MINUTE)]?.availabilities ?? [],
    )
    .map(({ startMillisUtc }) => toSeconds(startMillisUtc));
}

/** Returns the point in time that is this many days from now, without fractions of a second. */
export function inDays(days: number): string {
  return toSeconds(Date.now() + days * MS_PER_DAY);
}

function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
