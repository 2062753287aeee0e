import { providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

const counted = { count: z.int(), uniques: z.int() };
const Days = z.array(z.object({ timestamp: providerTime(), ...counted }));

/** https://docs.github.com/en/rest/metrics/traffic */
export const Views = z.object({ ...counted, views: Days });
export const Clones = z.object({ ...counted, clones: Days });
export const Referrers = z.array(z.object({ referrer: z.string(), ...counted }));
export const Pages = z.array(z.object({ path: z.string(), ...counted }));

/** Views and clones in all and side by side for each day, the first day first. */
export function describeTraffic(
  views: z.output<typeof Views>,
  clones: z.output<typeof Clones>,
  referrers: z.output<typeof Referrers>,
  pages: z.output<typeof Pages>,
) {
  const viewsOf = new Map(views.views.map((day) => [day.timestamp, day]));
  const clonesOf = new Map(clones.clones.map((day) => [day.timestamp, day]));
  const days = [...new Set([...viewsOf.keys(), ...clonesOf.keys()])].sort();
  return {
    ...countsOf(views, clones),
    days: days.map((day) => ({ day, ...countsOf(viewsOf.get(day), clonesOf.get(day)) })),
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
