import {
  boundInput,
  completeness,
  completenessOutput,
  defineTool,
  multiSegment,
  path,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import {
  areLinesCounted,
  CONTRIBUTORS_MAX,
  ContributorOutput,
  StatisticsResponse,
  toContributors,
} from './shared/contributors.ts';
import { repository } from './shared/inputs.ts';
import { whenComputed } from './shared/when-computed.ts';

export const tool = defineTool({
  connector: github,
  name: 'github_get_contributor_stats',
  effect: 'read',
  scopes: ['repo'],
  description:
    'Ranks the contributors of a GitHub repository by their commits on the default branch, with changed lines (null if GitHub counts none, from 10,000 commits on). Without merge commits; the top 100 at most.',
  input: {
    repository,
    since: boundInput('Counts only weeks that end after this day in UTC, such as 2026-09-01.').optional(),
  },
  output: completenessOutput,
  list: { key: 'contributors', item: ContributorOutput, default: 20, maximum: 100 },
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
            last_week_on: '2013-05-05',
          },
        ],
        is_complete: true,
        missing: [],
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
        api.get(statistics, { response: z.union([StatisticsResponse, z.strictObject({})]).optional() }),
      signal,
    );
    // Without a body the repository is empty.
    const found = Array.isArray(body) ? body : [];
    const hasLines = await areLinesCounted(api, repository, found);
    return {
      items: toContributors(found, since, hasLines),
      ...completeness([
        found.length >= CONTRIBUTORS_MAX &&
          `Contributors after the first ${CONTRIBUTORS_MAX}, whom GitHub does not list.`,
      ]),
    };
  },
});

export const handler = createHandler(tool);
