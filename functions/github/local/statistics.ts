import { simpleUser } from './accounts.ts';
import { type App, GitHubError, repositoryOf } from './answers.ts';
import { pageOf } from './paging.ts';
import type { GitHubState, Repository } from './state.ts';

/** https://docs.github.com/en/rest/metrics/statistics */
export function statisticsRoutes(app: App, state: GitHubState): void {
  app.get('/repos/:owner/:repo/stats/contributors', (context) => {
    const repository = repositoryOf(context, state);
    if (repository.contributors.length === 0) return context.body(null, 204);
    if (!repository.hasComputedStatistics) {
      repository.hasComputedStatistics = true;
      return context.json({}, 202);
    }
    const contributors = repository.contributors.map(({ login, weeks }) => ({
      author: simpleUser(login),
      total: weeks.reduce((sum, { c }) => sum + c, 0),
      weeks: weeks.map(({ week, ...counts }) => ({ w: Date.parse(week) / 1_000, ...counts })),
    }));
    return context.json(contributors.sort((one, other) => one.total - other.total));
  });

  // https://docs.github.com/en/rest/commits/commits#list-commits
  app.get('/repos/:owner/:repo/commits', (context) => {
    const repository = repositoryOf(context, state);
    const count = commitsOf(repository);
    if (count === 0) throw new GitHubError(409, 'Git Repository is empty.', '/commits/commits#list-commits');
    const numbers = Array.from({ length: count }, (_, index) => count - index);
    return context.json(
      pageOf(context, numbers).map((number) => ({
        sha: number.toString(16).padStart(40, '0'),
        commit: { message: `Change ${number}` },
      })),
    );
  });
}

function commitsOf({ contributors, unlistedCommits }: Repository): number {
  const weeks = contributors.flatMap((contributor) => contributor.weeks);
  return weeks.reduce((sum, { c }) => sum + c, unlistedCommits);
}
