import { providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

const counted = { count: z.int(), uniques: z.int() };
const Days = z.array(z.object({ timestamp: providerTime(), ...counted }));

/** https://docs.github.com/en/rest/metrics/traffic */
export const ViewsResponse = z.object({ ...counted, views: Days });
export const ClonesResponse = z.object({ ...counted, clones: Days });
export const ReferrersResponse = z.array(z.object({ referrer: z.string(), ...counted }));
export const PagesResponse = z.array(z.object({ path: z.string(), ...counted }));

/** Views and clones in all and side by side for each day, the first day first. */
export function toTraffic(
  views: z.output<typeof ViewsResponse>,
  clones: z.output<typeof ClonesResponse>,
  referrers: z.output<typeof ReferrersResponse>,
  pages: z.output<typeof PagesResponse>,
) {
  const viewsOf = new Map(views.views.map((day) => [day.timestamp, day]));
  const clonesOf = new Map(clones.clones.map((day) => [day.timestamp, day]));
  const days = [...new Set([...viewsOf.keys(), ...clonesOf.keys()])].sort();
  return {
    ...countsOf(views, clones),
    days: days.map((day) => ({
      day: day.slice(0, '2026-09-01'.length),
      ...countsOf(viewsOf.get(day), clonesOf.get(day)),
    })),
    referrers: referrers.map(({ referrer, ...page }) => ({ referrer, ...viewsOfPage(page) })),
    pages: pages.map(({ path, ...page }) => ({ path, ...viewsOfPage(page) })),
  };
}

interface Counted {
  count: number;
  uniques: number;
}

function countsOf(views: Counted | undefined, clones: Counted | undefined) {
  return {
    views: views?.count ?? 0,
    visitors: views?.uniques ?? 0,
    clones: clones?.count ?? 0,
    cloners: clones?.uniques ?? 0,
  };
}

function viewsOfPage({ count, uniques }: Counted) {
  return { views: count, visitors: uniques };
}
