import { setTimeout as sleep } from 'node:timers/promises';
import {
  ifReadable,
  multiSegment,
  type ProviderClient,
  path,
  providerTime,
  ToolError,
} from 'scalekit-lambda-tools';
import * as z from 'zod';
import { lastPage } from './pages.ts';

const WeekResponse = z.object({
  w: providerTime('seconds').nullish(),
  a: z.int().nullish(),
  d: z.int().nullish(),
  c: z.int().nullish(),
});

/** https://docs.github.com/en/rest/metrics/statistics#get-all-contributor-commit-activity */
export const StatisticsResponse = z.array(
  z.object({
    author: z.object({ login: z.string() }).nullish(),
    total: z.int(),
    weeks: z.array(WeekResponse),
  }),
);

const ACCEPTED = 202;
// GitHub needs some seconds for most repositories, and then caches the result. The sum of all delays must be shorter
// than the time limit of a call.
const DELAYS_MS = [500, 1_000, 2_000, 4_000];

// In repositories with more commits, GitHub does not count lines and returns 0.
const COMMITS_WITH_LINES_MAX = 9_999;

/**
 * Repeats a request until GitHub has computed the statistics.
 * https://docs.github.com/en/rest/metrics/statistics#best-practices-for-caching
 * @throws ToolError `provider_timeout` if GitHub does not finish in time; the caller can send the request again
 */
export async function whenComputed<Answer extends { status: number }>(
  read: () => Promise<Answer>,
  signal: AbortSignal,
  delaysMs: readonly number[] = DELAYS_MS,
): Promise<Answer> {
  for (const delayMs of [0, ...delaysMs]) {
    await sleep(delayMs, undefined, { signal });
    const answer = await read();
    if (answer.status !== ACCEPTED) return answer;
  }
  throw new ToolError('provider_timeout', {
    message: 'GitHub is still computing these statistics. Repeat the same call in half a minute.',
    retryAfterSeconds: 30,
  });
}

/**
 * Returns whether GitHub counted the lines of a repository. If all counts are 0, the number of all commits
 * decides. This number includes merges and the commits of contributors who are not listed.
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

/** Returns the sum of numbers. A missing number counts as 0. */
export function sum(numbers: readonly (number | null | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}
