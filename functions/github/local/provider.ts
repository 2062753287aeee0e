import { createEmulator, defineEmulator } from 'emulate';
import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import type { StartLocalProvider } from '../../../local/providers/local-provider.ts';
import { NO_ROUTE } from '../../../local/providers/missing-route.ts';
import { startProvider } from '../../../local/providers/start-provider.ts';
import { simpleUser } from './accounts.ts';
import { actionsRoutes } from './actions.ts';
import { GitHubError, loginOf, Moved, notFound } from './answers.ts';
import { checkRoutes } from './checks.ts';
import { examples } from './examples.ts';
import { graphQLRoute } from './graphql.ts';
import { pullRoutes } from './pulls.ts';
import { releaseRoutes } from './releases.ts';
import { reviewCommentRoutes } from './review-comments.ts';
import { searchRoutes } from './search.ts';
import { seed } from './seed.ts';
import { statisticsRoutes } from './statistics.ts';
import { trafficRoutes } from './traffic.ts';

const accounts = [
  { user: ada, login: 'ada-okafor', accessToken: 'gho_local_ada' },
  { user: grace, login: 'grace-lindqvist', accessToken: 'gho_local_grace' },
];
const tokens = Object.fromEntries(accounts.map(({ accessToken, login }) => [accessToken, login]));

// The `emulate` package is not used for GitHub. It lacks traffic, statistics and replies, and invents files
// and release notes. Adding only these parts is not possible, because two emulators would have two different
// states.
const emulator = defineEmulator({
  name: 'github',
  state: () => seed(tokens),
  setup({ app, state }) {
    app.onError((error, context) => {
      if (error instanceof Moved) context.header('location', error.url);
      if (error instanceof GitHubError) return context.json(error.body, error.status);
      throw error;
    });
    app.notFound((context) => context.json(notFound().body, 404, NO_ROUTE));
    app.get('/user', (context) => context.json(simpleUser(loginOf(context, state))));
    for (const addRoutes of [
      trafficRoutes,
      statisticsRoutes,
      searchRoutes,
      reviewCommentRoutes,
      pullRoutes,
      checkRoutes,
      actionsRoutes,
      releaseRoutes,
      graphQLRoute,
    ]) {
      addRoutes(app, state);
    }
  },
});

export const start: StartLocalProvider = ({ port = 0 } = {}) =>
  startProvider(
    {
      connector: 'github',
      grants: accounts.map(({ user, login, accessToken }) => ({
        identifier: user.identifier,
        label: login,
        accessToken,
      })),
      examples,
      emulate: () => createEmulator({ service: emulator, port: 0 }),
      refuse: (token) => ({
        status: 401,
        body: new GitHubError(401, token === undefined ? 'Requires authentication' : 'Bad credentials').body,
      }),
    },
    port,
  );
