import { createEmulator, defineEmulator } from 'emulate';
import { parseJson } from 'scalekit-lambda-tools';
import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import type { StartLocalProvider } from '../../../local/providers/local-provider.ts';
import { NO_ROUTE } from '../../../local/providers/missing-route.ts';
import { startProvider } from '../../../local/providers/start-provider.ts';
import { accountRoutes } from './account-routes.ts';
import { examples } from './examples.ts';
import { meetingRoutes } from './meeting-routes.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { HubSpotError, missingScopes, notFound, type Route } from './route.ts';
import { seedState } from './state.ts';
import { subscriptionRoutes } from './subscription-routes.ts';

const graceScopes = ['crm.objects.contacts.read', 'crm.objects.orders.read', 'crm.objects.owners.read'];
const accounts = [
  {
    user: ada,
    accessToken: 'hubspot-local-ada',
    scopes: [
      ...graceScopes,
      'crm.objects.contacts.write',
      'crm.objects.companies.read',
      'crm.objects.deals.read',
      'tickets',
      'crm.objects.invoices.read',
      'sales-email-read',
      'scheduler.meetings.meeting-link.read',
      'communication_preferences.read_write',
    ],
  },
  // Her scopes do not allow her to read deals, invoices and e-mails, or to write. Her calls show errors about missing
  // scopes.
  { user: grace, accessToken: 'hubspot-local-grace', scopes: graceScopes },
];
// Fixed paths must come before paths with parameters.
const routes: readonly Route[] = [
  ...accountRoutes,
  ...meetingRoutes,
  ...pipelineRoutes,
  ...subscriptionRoutes,
  ...recordRoutes,
];

const emulator = defineEmulator({
  name: 'hubspot',
  state: seedState,
  setup({ app, state }) {
    for (const route of routes) {
      app.on(route.method, route.path, async (context) => {
        const { req } = context;
        try {
          assertScopes(route.scopes(req.param()), req.header('authorization'));
          const query = new URL(req.url).searchParams;
          const body = route.method === 'POST' ? parseJson(await req.text()) : undefined;
          const answer = route.answer({ params: req.param(), query, body }, state);
          return context.json(answer, isPartial(answer) ? 207 : route.status);
        } catch (error) {
          if (!(error instanceof HubSpotError)) throw error;
          return context.json(error.body, error.status);
        }
      });
    }
    app.notFound((context) => context.json(notFound().body, 404, NO_ROUTE));
  },
});

/** Returns whether some records of a batch failed. */
function isPartial(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'numErrors' in answer;
}

function assertScopes(needed: readonly string[], authorization = ''): void {
  const account = accounts.find(({ accessToken }) => authorization.endsWith(` ${accessToken}`));
  const missing = needed.filter((scope) => !account?.scopes.includes(scope));
  if (missing.length > 0) throw missingScopes(missing);
}

export const start: StartLocalProvider = ({ port = 0 } = {}) =>
  startProvider(
    {
      connector: 'hubspot',
      grants: accounts.map(({ user, accessToken }) => ({
        identifier: user.identifier,
        label: user.email,
        accessToken,
      })),
      examples: examples(),
      emulate: () => createEmulator({ service: emulator, port: 0 }),
      refuse: () => ({ status: 401, body: unauthenticated().body }),
    },
    port,
  );

function unauthenticated(): HubSpotError {
  return new HubSpotError(
    401,
    'INVALID_AUTHENTICATION',
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
  );
}
