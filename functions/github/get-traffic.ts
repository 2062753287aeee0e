import { defineTool, multiSegment, path, providerTime, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { repository } from './shared/inputs.ts';

const counted = { count: z.int(), uniques: z.int() };
const Days = z.array(z.object({ timestamp: providerTime(), ...counted }));

/** https://docs.github.com/en/rest/metrics/traffic */
const ViewsResponse = z.object({ ...counted, views: Days });
const ClonesResponse = z.object({ ...counted, clones: Days });
const ReferrersResponse = z.array(z.object({ referrer: z.string(), ...counted }));
const PagesResponse = z.array(z.object({ path: z.string(), ...counted }));

const viewed = { views: z.int(), visitors: z.int() };
const counts = { ...viewed, clones: z.int(), cloners: z.int() };

export const tool = defineTool({
  connector: github,
  name: 'github_get_traffic',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Gets the traffic of a GitHub repository in the last 14 days: views, clones, unique visitors and cloners in all and by day; the top 10 referrers and pages. Needs push access.',
  input: { repository },
  output: {
    ...counts,
    days: z.array(z.strictObject({ day: text(10).describe('In UTC.'), ...counts })),
    referrers: z.array(z.strictObject({ referrer: text(200), ...viewed })),
    pages: z.array(z.strictObject({ path: text(500), ...viewed })),
  },
  examples: [
    {
      input: { repository: 'octocat/Hello-World' },
      output: {
        views: 440,
        visitors: 143,
        clones: 2,
        cloners: 1,
        days: [{ day: '2016-10-10', views: 440, visitors: 143, clones: 2, cloners: 1 }],
        referrers: [{ referrer: 'Google', views: 4, visitors: 3 }],
        pages: [{ path: '/octocat/Hello-World', views: 35, visitors: 22 }],
      },
    },
  ],

  async run({ repository }, { api }) {
    const name = multiSegment(repository);
    const [{ body: views }, { body: clones }, { body: referrers }, { body: pages }] = await Promise.all([
      // https://docs.github.com/en/rest/metrics/traffic#get-page-views
      api.get(path`/repos/${name}/traffic/views`, { response: ViewsResponse }),
      // https://docs.github.com/en/rest/metrics/traffic#get-repository-clones
      api.get(path`/repos/${name}/traffic/clones`, { response: ClonesResponse }),
      // https://docs.github.com/en/rest/metrics/traffic#get-top-referral-sources
      api.get(path`/repos/${name}/traffic/popular/referrers`, { response: ReferrersResponse }),
      // https://docs.github.com/en/rest/metrics/traffic#get-top-referral-paths
      api.get(path`/repos/${name}/traffic/popular/paths`, { response: PagesResponse }),
    ]);
    return toTraffic(views, clones, referrers, pages);
  },
});

/** Returns the totals of views and clones, and both counts for each day, oldest day first. */
function toTraffic(
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
    referrers: referrers.map(({ referrer, ...page }) => ({ referrer, ...toViews(page) })),
    pages: pages.map(({ path, ...page }) => ({ path, ...toViews(page) })),
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

function toViews({ count, uniques }: Counted) {
  return { views: count, visitors: uniques };
}

export const handler = createHandler(tool);
