import {
  boundInput,
  completeness,
  completenessOutput,
  defineTool,
  multiSegment,
  path,
  text,
} from 'scalekit-lambda-tools';
import { createHandler } from 'scalekit-lambda-tools/lambda';
import * as z from 'zod';
import { github } from './connector.ts';
import { repository } from './shared/inputs.ts';
import { areLinesCounted, StatisticsResponse, sum, whenComputed } from './shared/statistics.ts';

const DAY_LENGTH = '2026-09-01'.length;
const MS_PER_WEEK = 7 * 86_400_000;
// GitHub lists at most this many contributors.
const CONTRIBUTORS_MAX = 100;

const ContributorOutput = z.strictObject({
  login: text(100).nullable(),
  commits: z.int(),
  additions: z.int().nullable(),
  deletions: z.int().nullable(),
  last_week_on: text(DAY_LENGTH).nullable().describe('First day of the last week with a commit.'),
});
// GitHub sends an empty object while it computes the statistics, and no body for an empty repository.
const ComputedResponse = z.union([StatisticsResponse, z.strictObject({})]).optional();

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
        api.get(statistics, { response: ComputedResponse }),
      signal,
    );
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

/**
 * Ranks contributors, most commits first.
 * @param since excludes weeks that end before this day
 * @param areLinesCounted false if GitHub does not count the lines of this repository, and returns 0 instead
 */
function toContributors(
  statistics: z.output<typeof StatisticsResponse>,
  since: string | undefined,
  areLinesCounted: boolean,
): z.input<typeof ContributorOutput>[] {
  return statistics
    .map(({ author, weeks }) => {
      const active = weeks.filter(({ w, c }) => c && (!since || endsAfter(since, w)));
      return {
        login: author?.login ?? null,
        commits: sum(active.map(({ c }) => c)),
        additions: areLinesCounted ? sum(active.map(({ a }) => a)) : null,
        deletions: areLinesCounted ? sum(active.map(({ d }) => d)) : null,
        last_week_on: active.at(-1)?.w?.slice(0, DAY_LENGTH) ?? null,
      };
    })
    .filter(({ commits }) => commits > 0)
    .sort((one, other) => other.commits - one.commits);
}

function endsAfter(since: string, week: string | null | undefined): boolean {
  return Date.parse(week ?? '') + MS_PER_WEEK > Date.parse(since);
}

export const handler = createHandler(tool);
