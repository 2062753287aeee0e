import { createEmulator } from 'emulate';
import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import type { StartLocalProvider } from '../../../local/providers/local-provider.ts';
import { startProvider } from '../../../local/providers/start-provider.ts';
import type { TokenRefusal } from '../../../local/providers/token-guard.ts';
import { slackEmulator } from './emulator.ts';
import { examples } from './examples.ts';
import { ADA_ID, GRACE_ID } from './seed.ts';

const READ_SCOPES = [
  'channels:history',
  'channels:read',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'mpim:history',
  'mpim:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];
const accounts = [
  {
    user: ada,
    memberId: ADA_ID,
    accessToken: 'xoxp-local-ada',
    scopes: [
      ...READ_SCOPES,
      'canvases:read',
      'canvases:write',
      'chat:write',
      'im:write',
      'search:read',
      'search:read.im',
      'search:read.mpim',
      'search:read.private',
      'search:read.public',
    ],
  },
  // Her scopes do not allow her to write, search or see canvases. Her calls show errors about missing scopes.
  { user: grace, memberId: GRACE_ID, accessToken: 'xoxp-local-grace', scopes: READ_SCOPES },
];

export const start: StartLocalProvider = ({ port = 0 } = {}) =>
  startProvider(
    {
      connector: 'slack',
      grants: accounts.map(({ user, accessToken }) => ({
        identifier: user.identifier,
        label: `${user.name} at Harbor Bikes`,
        accessToken,
      })),
      examples: examples(),
      emulate: () =>
        createEmulator({
          service: slackEmulator(new Map(accounts.map((account) => [account.accessToken, account]))),
          port: 0,
        }),
      refuse,
    },
    port,
  );

function refuse(token: string | undefined): TokenRefusal {
  return { status: 200, body: { ok: false, error: token === undefined ? 'not_authed' : 'invalid_auth' } };
}
