import { defineTool, multiSegment, path, text } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { repository } from './shared/inputs.ts';
import {
  ClonesResponse,
  PagesResponse,
  ReferrersResponse,
  toTraffic,
  ViewsResponse,
} from './shared/traffic.ts';

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

export const handler = createHandler(tool);
