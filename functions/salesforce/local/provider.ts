import { createEmulator, defineEmulator } from 'emulate';
import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import type { StartLocalProvider } from '../../../local/providers/local-provider.ts';
import { NO_ROUTE } from '../../../local/providers/missing-route.ts';
import { startProvider } from '../../../local/providers/start-provider.ts';
import { Access } from './access.ts';
import { examples } from './examples.ts';
import { SeveralRecords } from './find-by-external-id.ts';
import type { Organisation } from './organisation.ts';
import { otherRoutes } from './other-routes.ts';
import { batchSizeOf } from './query-pages.ts';
import { recordRoutes } from './record-routes.ts';
import { toJson } from './render-record.ts';
import { API } from './route.ts';
import { noSuchResource, SalesforceError } from './salesforce-error.ts';
import { seed } from './seed.ts';
import { adaUser, graceUser } from './seed-people.ts';

const accounts = [
  {
    user: ada,
    accessToken: '00DHB-local-ada',
    id: adaUser.Id,
    permissions: { hiddenObjects: [], readOnlyObjects: [], hiddenFields: [] },
  },
  {
    user: grace,
    accessToken: '00DHB-local-grace',
    id: graceUser.Id,
    // The workshop may not see sales or prices, and may not change customers.
    permissions: {
      hiddenObjects: ['Opportunity'],
      readOnlyObjects: ['Account', 'Bike_Lease__c'],
      hiddenFields: ['Account.AnnualRevenue', 'Bike_Lease__c.Monthly_Rate__c'],
    },
  },
];

const emulator = defineEmulator({
  name: 'salesforce',
  state: seed,
  setup({ app, state }) {
    for (const { method, path, answer } of [...otherRoutes, ...recordRoutes]) {
      app.on(method, path === '/' ? `${API}/` : API + path, async (context) => {
        const { req } = context;
        const { status = 200, body } = answer({
          access: accessOf(state, req.header('authorization')),
          parameter: (name) => req.param(name),
          query: (name) => req.query(name),
          json: method === 'GET' ? undefined : readJson(await req.text()),
          batchSize: batchSizeOf(req.header('sforce-query-options')),
        });
        return context.body(toJson(body), status, {
          'content-type': 'application/json;charset=UTF-8',
          'sforce-limit-info': 'api-usage=18/15000',
        });
      });
    }
    app.notFound((context) => context.json(noSuchResource().body, 404, NO_ROUTE));
    app.onError((error, context) => {
      if (error instanceof SalesforceError || error instanceof SeveralRecords) {
        return context.json(error.body, error.status);
      }
      throw error;
    });
  },
});

function accessOf(organisation: Organisation, authorization = ''): Access {
  const account = accounts.find(({ accessToken }) => authorization.endsWith(` ${accessToken}`));
  if (!account) throw sessionExpired();
  return new Access(organisation, account.id, account.permissions);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'Unexpected character at [line:1, column:1]');
  }
}

const sessionExpired = () => new SalesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

export const start: StartLocalProvider = async ({ port = 0 } = {}) => {
  const provider = await startProvider(
    {
      connector: 'salesforce',
      grants: accounts.map(({ user, accessToken }) => ({
        identifier: user.identifier,
        label: user.email,
        accessToken,
      })),
      examples,
      emulate: () => createEmulator({ service: emulator, port: 0 }),
      refuse: sessionExpired,
    },
    port,
  );
  return { ...provider, url: provider.url + API };
};
