import { createEmulator } from 'emulate';
import { ada, grace } from '../harbor-bikes.ts';
import type { LocalProvider } from '../local-provider.ts';
import { startProvider } from '../start-provider.ts';
import type { Refusal } from '../token-guard.ts';
import { adaFilters, adaLabels, adaMailbox } from './ada.ts';
import { graceFilters, graceLabels, graceMailbox } from './grace.ts';
import type { MailboxFilter } from './mailbox.ts';

const accounts = [
  { user: ada, accessToken: 'ya29.local-ada', filters: adaFilters, isConnected: true },
  // She connects it in the demo.
  { user: grace, accessToken: 'ya29.local-grace', filters: graceFilters, isConnected: false },
];
const scopes = [
  'https://www.googleapis.com/auth/gmail.modify',
  'https://www.googleapis.com/auth/gmail.settings.basic',
];

export function start({ port = 0 }: { port?: number } = {}): Promise<LocalProvider> {
  return startProvider(
    {
      connector: 'gmail',
      grants: accounts.map(({ user, accessToken, isConnected }) => ({
        identifier: user.identifier,
        label: user.email,
        accessToken,
        isConnected,
      })),
      emulate: () => createEmulator({ service: 'google', seed: seed(), port: 0 }),
      arrange: createFilters,
      refuse,
    },
    port,
  );
}

function seed() {
  return {
    tokens: Object.fromEntries(
      accounts.map(({ user, accessToken }) => [accessToken, { login: user.email, scopes }]),
    ),
    google: {
      users: accounts.map(({ user }) => ({ email: user.email, name: user.name })),
      labels: [...adaLabels, ...graceLabels],
      messages: [...adaMailbox, ...graceMailbox],
    },
  };
}

async function createFilters(upstreamUrl: string): Promise<void> {
  for (const { accessToken, filters } of accounts)
    for (const filter of filters) await createFilter(upstreamUrl, accessToken, filter);
}

async function createFilter(upstreamUrl: string, accessToken: string, { from, ...action }: MailboxFilter) {
  const response = await fetch(`${upstreamUrl}/gmail/v1/users/me/settings/filters`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ criteria: { from }, action }),
  });
  if (!response.ok) throw new Error(`Gmail did not take a filter: ${await response.text()}`);
}

function refuse(): Refusal {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';
  return {
    status: 401,
    body: {
      error: {
        code: 401,
        message,
        errors: [
          {
            message: 'Invalid Credentials',
            domain: 'global',
            reason: 'authError',
            location: 'Authorization',
            locationType: 'header',
          },
        ],
        status: 'UNAUTHENTICATED',
      },
    },
  };
}
