import { ExpiringSet } from '../cache/expiring-set.ts';
import type { Settings } from '../settings/settings.ts';
import { StoredSecret } from '../settings/stored-secret.ts';
import { AccessToken } from './access-token.ts';
import { AccountsApi } from './accounts-api.ts';
import { ConnectedAccounts } from './connected-accounts.ts';
import { ControlPlane } from './control-plane.ts';
import { ScalekitSdk } from './sdk.ts';

const RENEWAL_NOT_REPEATED_MS = 60_000;
const RENEWALS_KEPT_MAX = 1_000;

/** The one Scalekit client of an execution environment, with what it remembers between calls. */
export interface Scalekit {
  sdk: ScalekitSdk;
  secret: StoredSecret;
  token: AccessToken;
  accounts: ConnectedAccounts;
  /** What `accounts` asks, which remembers nothing. */
  accountsApi: AccountsApi;
  /** Accounts for which a new token of ours did not cure a 401. */
  uncuredRenewals: ExpiringSet;
}

export function createScalekit(settings: Settings): Scalekit {
  const sdk = new ScalekitSdk({
    environmentUrl: settings.SCALEKIT_ENV_URL,
    clientId: settings.SCALEKIT_CLIENT_ID,
  });
  const secret = new StoredSecret({
    secret: settings.SCALEKIT_CLIENT_SECRET,
    arn: settings.SCALEKIT_CLIENT_SECRET_ARN,
  });
  const token = new AccessToken(sdk, secret);
  const accountsApi = new AccountsApi(new ControlPlane(sdk, token), settings.USER_VERIFY_URL, secret);
  const accounts = new ConnectedAccounts(accountsApi, { cacheSeconds: settings.ACCOUNT_CACHE_SECONDS });
  const uncuredRenewals = new ExpiringSet({
    lifetimeMs: RENEWAL_NOT_REPEATED_MS,
    entriesMax: RENEWALS_KEPT_MAX,
  });
  return { sdk, secret, token, accounts, accountsApi, uncuredRenewals };
}
