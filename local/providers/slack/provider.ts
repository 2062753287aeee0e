import { createEmulator } from 'emulate';
import { ada, grace } from '../harbor-bikes.ts';
import type { LocalProvider } from '../local-provider.ts';
import { startProvider } from '../start-provider.ts';
import type { Refusal, Rewrite } from '../token-guard.ts';
import { arrangeWorkspace } from './workspace.ts';

const readScopes = [
  'channels:read',
  'channels:history',
  'channels:join',
  'groups:read',
  'groups:history',
  'users:read',
  'users:read.email',
  'team:read',
];
const accounts = [
  {
    user: ada,
    accessToken: 'xoxp-local-ada',
    scopes: [
      ...readScopes,
      'chat:write',
      'channels:manage',
      'groups:write',
      'reactions:read',
      'reactions:write',
    ],
    isAdmin: true,
  },
  // Without `chat:write`, so that a missing scope can be seen.
  { user: grace, accessToken: 'xoxp-local-grace', scopes: readScopes, isAdmin: false },
];

export function start({ port = 0 }: { port?: number } = {}): Promise<LocalProvider> {
  return startProvider(
    {
      connector: 'slack',
      grants: accounts.map(({ user, accessToken }) => ({
        identifier: user.identifier,
        label: `${user.name} at Harbor Bikes`,
        accessToken,
      })),
      emulate: () => createEmulator({ service: 'slack', seed: { slack: seed() }, port: 0 }),
      arrange: (upstreamUrl) =>
        arrangeWorkspace(
          upstreamUrl,
          accounts.map((account) => account.accessToken),
        ),
      refuse,
      rewrite: readMethodAsPost,
    },
    port,
  );
}

function seed() {
  return {
    team: { name: 'Harbor Bikes', domain: 'harborbikes' },
    users: accounts.map(({ user, isAdmin }) => ({
      name: user.handle,
      real_name: user.name,
      email: user.email,
      is_admin: isAdmin,
    })),
    channels: [
      { name: 'sales', topic: 'Offers, leases and fleets' },
      { name: 'support', topic: 'Repairs and unhappy customers' },
    ],
    tokens: accounts.map(({ user, accessToken, scopes }) => ({
      token: accessToken,
      type: 'user',
      user: user.handle,
      scopes,
    })),
    strict_scopes: true,
  };
}

function refuse(token: string | undefined): Refusal {
  return { status: 200, body: { ok: false, error: token === undefined ? 'not_authed' : 'invalid_auth' } };
}

const readingMethod =
  /^\/api\/(auth|conversations|reactions|team|users)\.(get|history|info|list|members|replies|test)$/;

/** Slack answers its reading methods to GET as well; the emulator knows POST only. */
const readMethodAsPost: Rewrite = (method, url) => {
  const [path = '', query = ''] = url.split('?', 2);
  return method === 'GET' && readingMethod.test(path)
    ? { method: 'POST', url: path, form: query }
    : undefined;
};
