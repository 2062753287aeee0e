import { multiSegment, type ProviderClient, path, providerTime, text } from 'scalekit-lambda-tools';
import * as z from 'zod';
import { ifReadable } from './if-readable.ts';
import { lastPage } from './pages.ts';

const Week = z.object({
  w: providerTime('seconds').nullish(),
  a: z.int().nullish(),
  d: z.int().nullish(),
  c: z.int().nullish(),
});

/** https://docs.github.com/en/rest/metrics/statistics#get-all-contributor-commit-activity */
export const StatisticsResponse = z.array(
  z.object({ author: z.object({ login: z.string() }).nullish(), total: z.int(), weeks: z.array(Week) }),
);

const DAY_LENGTH = '2026-09-01'.length;

export const ContributorOutput = z.strictObject({
  login: text(100).nullable(),
  commits: z.int(),
  additions: z.int().nullable(),
  deletions: z.int().nullable(),
  last_week_on: text(DAY_LENGTH).nullable().describe('First day of the last week with a commit.'),
});

const WEEK_MS = 7 * 86_400_000;
/** GitHub lists no more contributors than these. */
export const CONTRIBUTORS_MAX = 100;
// GitHub counts no lines in repositories with more, and gives 0.
const COMMITS_WITH_LINES_MAX = 9_999;

/**
 * Ranks who committed how much, most commits first.
 * @param since weeks that end before it are left out
 * @param areLinesCounted false if GitHub's zeros say nothing
 */
export function toContributors(
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

/**
 * Returns whether GitHub has counted the lines of a repository. If all are 0, its number of commits decides, merges and
 * those of contributors who are not listed included.
 */
export async function areLinesCounted(
  api: ProviderClient,
  repository: string,
  statistics: z.output<typeof StatisticsResponse>,
): Promise<boolean> {
  const weeks = statistics.flatMap((contributor) => contributor.weeks);
  if (weeks.some(({ a, d }) => a || d)) return true;
  const listed = sum(statistics.map(({ total }) => total));
  if (listed === 0) return true;
  if (listed > COMMITS_WITH_LINES_MAX) return false;
  const commits = await ifReadable(
    // https://docs.github.com/en/rest/commits/commits#list-commits
    api.get(path`/repos/${multiSegment(repository)}/commits`, {
      query: { per_page: 1 },
      response: z.array(z.unknown()),
    }),
  );
  return commits !== undefined && Number(lastPage(commits.headers) ?? 1) <= COMMITS_WITH_LINES_MAX;
}

function endsAfter(since: string, week: string | null | undefined): boolean {
  return Date.parse(week ?? '') + WEEK_MS > Date.parse(since);
}

function sum(numbers: readonly (number | null | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}
