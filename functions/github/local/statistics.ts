import { simpleUser } from './accounts.ts';
import { type App, repositoryOf } from './answers.ts';
import type { GitHubState } from './state.ts';

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
}
