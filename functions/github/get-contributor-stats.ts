import { boundInput, defineTool, multiSegment, path } from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { Contributor, rankContributors, Statistics } from './shared/contributors.ts';
import { repository } from './shared/inputs.ts';
import { whenComputed } from './shared/when-computed.ts';

const SINCE = 'Only weeks that end after this day, such as 2026-09-01.';

export const tool = defineTool({
  connector: github,
  name: 'github_get_contributor_stats',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Ranks the contributors of a GitHub repository by their commits on the default branch, with changed lines; the top 100 at most.',
  input: {
    repository,
    since: boundInput(SINCE).optional(),
  },
  list: { key: 'contributors', item: Contributor, default: 20, maximum: 100 },
  examples: [
    {
      input: { repository: 'octocat/Hello-World' },
      output: {
        contributors: [
          {
            login: 'octocat',
            commits: 10,
            additions: 6898,
            deletions: 77,
            last_week: '2013-05-05T00:00:00Z',
          },
        ],
        count: 1,
        next_cursor: null,
        omitted: 0,
      },
    },
  ],

  async run({ repository, since }, { api, signal }) {
    const statistics = path`/repos/${multiSegment(repository)}/stats/contributors`;
    const { body } = await whenComputed(
      () =>
        // https://docs.github.com/en/rest/metrics/statistics#get-all-contributor-commit-activity
        api.get(statistics, { response: z.union([Statistics, z.strictObject({})]).optional() }),
      signal,
    );
    // Without a body the repository is empty.
    return { items: Array.isArray(body) ? rankContributors(body, since) : [] };
  },
});

export const handler = createHandler(tool);
