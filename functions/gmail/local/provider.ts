import { ada, grace } from '../../../local/providers/harbor-bikes.ts';
import type { StartLocalProvider } from '../../../local/providers/local-provider.ts';
import { startProvider } from '../../../local/providers/start-provider.ts';
import { adaFilters, adaLabels, adaMailbox } from './ada.ts';
import { examples } from './examples.ts';
import { type GmailAccount, startGmailEmulator } from './gmail-emulator.ts';
import { invalidCredentials } from './google-error.ts';
import { graceFilters, graceLabels, graceMailbox } from './grace.ts';
import { MailSettings } from './mail-settings.ts';

const GOOGLE = 'https://www.googleapis.com/auth/';

const accounts = (): (GmailAccount & { isConnected: boolean })[] => [
  {
    user: ada,
    accessToken: 'ya29.local-ada',
    scopes: [`${GOOGLE}gmail.modify`, `${GOOGLE}gmail.settings.basic`],
    labels: adaLabels,
    mails: adaMailbox,
    settings: new MailSettings(ada, {
      filters: adaFilters,
      forwardingAddresses: ['receipts@ledgerline.example'],
      aliases: [{ sendAsEmail: 'sales@harborbikes.example', displayName: 'Harbor Bikes Sales' }],
    }),
    isConnected: true,
  },
  {
    user: grace,
    accessToken: 'ya29.local-grace',
    // She has only read access. Her calls show errors about missing scopes.
    scopes: [`${GOOGLE}gmail.readonly`],
    labels: graceLabels,
    mails: graceMailbox,
    settings: new MailSettings(grace, { filters: graceFilters }),
    // She connects Gmail during the demo.
    isConnected: false,
  },
];

export const start: StartLocalProvider = ({ port = 0 } = {}) => {
  const own = accounts();
  return startProvider(
    {
      connector: 'gmail',
      grants: own.map(({ user, accessToken, isConnected }) => ({
        identifier: user.identifier,
        label: user.email,
        accessToken,
        isConnected,
      })),
      examples,
      emulate: () => startGmailEmulator(own),
      refuse: invalidCredentials,
    },
    port,
  );
};
