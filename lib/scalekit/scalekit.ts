import { ExpiringSet } from '../cache/expiring-set.ts';
import type { Settings } from '../settings/settings.ts';
import { AccountsApi } from './accounts-api.ts';
import { ConnectedAccounts } from './connected-accounts.ts';
import { ControlPlane } from './control-plane.ts';
import { createClient, type ScalekitClient } from './scalekit-client.ts';

const RENEWAL_NOT_REPEATED_MS = 60_000;
const RENEWALS_KEPT_MAX = 1_000;

/** The Scalekit client of an execution environment, with its caches. */
export interface Scalekit extends ScalekitClient {
  accounts: ConnectedAccounts;
  /** The API that `accounts` uses, without caches. */
  accountsApi: AccountsApi;
  /** Accounts for which a new access token did not help: Scalekit's proxy returned a 401 again. */
  ineffectiveRenewals: ExpiringSet;
}

/** @param client a client that was created earlier; by default a new client */
export function createScalekit(
  settings: Settings,
  client: ScalekitClient = createClient(settings),
): Scalekit {
  const controlPlane = new ControlPlane(client.sdk, client.token);
  const accountsApi = new AccountsApi(controlPlane, settings.USER_VERIFY_URL, client.secret);
  const accounts = new ConnectedAccounts(accountsApi, {
    cacheSeconds: settings.ACCOUNT_CACHE_SECONDS,
    connectUrl: settings.CONNECT_URL,
  });
  const ineffectiveRenewals = new ExpiringSet({
    lifetimeMs: RENEWAL_NOT_REPEATED_MS,
    entriesMax: RENEWALS_KEPT_MAX,
  });
  return { ...client, accounts, accountsApi, ineffectiveRenewals };
}
