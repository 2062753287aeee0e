import { type App, repositoryOf } from './answers.ts';
import type { GitHubState, Repository } from './state.ts';

/** https://docs.github.com/en/rest/metrics/traffic */
export function trafficRoutes(app: App, state: GitHubState): void {
  for (const kind of ['views', 'clones'] as const) {
    app.get(`/repos/:owner/:repo/traffic/${kind}`, (context) => {
      const docs = `/metrics/traffic#get-${kind === 'views' ? 'page-views' : 'repository-clones'}`;
      const { traffic } = repositoryOf(context, state, { least: 'push', docs });
      const days = traffic[kind];
      const total = (of: 'count' | 'uniques') => days.reduce((sum, day) => sum + day[of], 0);
      const series = context.req.query('per') === 'week' ? byWeek(days) : days;
      return context.json({
        count: total('count'),
        // The total is below the sum of all days, because some people visit on several days.
        uniques: Math.ceil(total('uniques') * 0.8),
        [kind]: series.map(({ day, count, uniques }) => ({ timestamp: `${day}T00:00:00Z`, count, uniques })),
      });
    });
  }
  app.get('/repos/:owner/:repo/traffic/popular/:kind', (context) => {
    const kind = context.req.param('kind');
    const docs = `/metrics/traffic#get-top-referral-${kind === 'paths' ? 'paths' : 'sources'}`;
    const { traffic } = repositoryOf(context, state, { least: 'push', docs });
    if (kind === 'referrers') return context.json(traffic.referrers.slice(0, 10));
    return kind === 'paths' ? context.json(traffic.paths.slice(0, 10)) : context.notFound();
  });
}

type Days = Repository['traffic']['views'];

function byWeek(days: Days): Days {
  const weeks = new Map<string, Days[number]>();
  for (const { day, count, uniques } of days) {
    const monday = new Date(day);
    monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
    const week = monday.toISOString().slice(0, 10);
    const known = weeks.get(week) ?? { day: week, count: 0, uniques: 0 };
    weeks.set(week, { day: week, count: known.count + count, uniques: known.uniques + uniques });
  }
  return [...weeks.values()];
}
