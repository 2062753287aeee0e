import { providerTime, text, time } from 'scalekit-lambda-tools';
import * as z from 'zod';

const Week = z.object({
  w: providerTime('seconds').nullish(),
  a: z.int().nullish(),
  d: z.int().nullish(),
  c: z.int().nullish(),
});

/** https://docs.github.com/en/rest/metrics/statistics#get-all-contributor-commit-activity */
export const Statistics = z.array(
  z.object({ author: z.object({ login: z.string() }).nullish(), total: z.int(), weeks: z.array(Week) }),
);

export const Contributor = z.strictObject({
  login: text(100).nullable(),
  commits: z.int(),
  additions: z.int().nullable(),
  deletions: z.int().nullable(),
  last_week: time().nullable().describe('Start of the last week with a commit.'),
});

const WEEK_MS = 7 * 86_400_000;
// GitHub counts no lines in repositories with more, and gives 0.
const COMMITS_WITH_LINES_MAX = 9_999;

/**
 * Who committed how much, most commits first.
 * @param since weeks that end before it are left out
 */
export function rankContributors(
  statistics: z.output<typeof Statistics>,
  since: string | undefined,
): z.input<typeof Contributor>[] {
  const countsLines = sum(statistics.map(({ total }) => total)) <= COMMITS_WITH_LINES_MAX;
  return statistics
    .map(({ author, weeks }) => {
      const active = weeks.filter(({ w, c }) => c && (!since || endsAfter(since, w)));
      return {
        login: author?.login ?? null,
        commits: sum(active.map(({ c }) => c)),
        additions: countsLines ? sum(active.map(({ a }) => a)) : null,
        deletions: countsLines ? sum(active.map(({ d }) => d)) : null,
        last_week: active.at(-1)?.w ?? null,
      };
    })
    .filter(({ commits }) => commits > 0)
    .sort((one, other) => other.commits - one.commits);
}

function endsAfter(since: string, week: string | null | undefined): boolean {
  return Date.parse(week ?? '') + WEEK_MS > Date.parse(since);
}

function sum(numbers: readonly (number | null | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}
