import { ExpiringSet } from '../cache/expiring-set.ts';
import { ToolError } from '../errors/tool-error.ts';
import { Deadline } from '../time/deadline.ts';
import { SharedRequests } from '../time/shared-request.ts';
import { type Account, type AccountStatus, type AccountsApi, accountKey } from './accounts-api.ts';
import { endedWaitError } from './scalekit-error.ts';

const ACTIVE = 'ACTIVE';
// The limit of a request that only makes an error more precise. Such a request must not delay the error by more, and
// must leave enough time to return the error.
const BETTER_ERROR_MAX_MS = 5_000;
const ERROR_RESERVE_MS = 500;
// Several callers share such a request. It has its own time limit, because it must not stop when one of the callers
// stops.
const SHARED_MAX_MS = 10_000;
// A limit for the memory. An environment serves only a few users at a time, so it is hardly ever reached.
const CACHE_ENTRIES_MAX = 1_000;

const REFUSED_THOUGH_ACTIVE =
  'The provider refuses the credentials of the connected account. Give the user authorization_url to connect it again.';

/** Checks if users' accounts can be used, and creates the errors for accounts that cannot. */
export class ConnectedAccounts {
  readonly #api: AccountsApi;
  readonly #connectUrl: string | undefined;
  readonly #active: ExpiringSet;
  readonly #looks = new SharedRequests<AccountStatus>();
  readonly #links = new SharedRequests<string>();

  /**
   * @param options the time for which the status ACTIVE is cached; the application's page that connects accounts, if
   * there is one
   */
  constructor(api: AccountsApi, options: { cacheSeconds: number; connectUrl: string | undefined }) {
    const { cacheSeconds, connectUrl } = options;
    this.#api = api;
    this.#connectUrl = connectUrl;
    this.#active = new ExpiringSet({ lifetimeMs: cacheSeconds * 1000, entriesMax: CACHE_ENTRIES_MAX });
  }

  /**
   * Ensures that the account is ACTIVE. An account that does not exist is created.
   * @returns true in `fromCache` if the cache contained the status
   * @throws ToolError `authorization_required` with a link, `not_configured`, `scalekit_unavailable` or
   * `rate_limited`
   */
  async assertActive(account: Account, deadline: Deadline): Promise<{ fromCache: boolean }> {
    if (this.#active.has(accountKey(account))) return { fromCache: true };
    await this.assertStillActive(account, deadline);
    return { fromCache: false };
  }

  /** Like `assertActive`, but ignores the cache. */
  async assertStillActive(account: Account, deadline: Deadline): Promise<void> {
    const status = await this.#look(account, deadline);
    if (status !== ACTIVE) throw await this.authorizationRequired(account, deadline, status);
  }

  /**
   * Requests the status again. Returns an error if the account is no longer ACTIVE. Returns undefined if the account
   * is ACTIVE or if the status cannot be read now.
   */
  async whyNotActive(account: Account, deadline: Deadline): Promise<ToolError | undefined> {
    const status = await inShortTime(deadline, (shorter) => this.#look(account, shorter));
    if (status === undefined || status === ACTIVE) return undefined;
    return this.authorizationRequired(account, deadline, status);
  }

  /** Returns the error that asks the user to connect the account. The error has no link if no link can be created. */
  async authorizationRequired(
    account: Account,
    deadline: Deadline,
    status: AccountStatus = ACTIVE,
  ): Promise<ToolError> {
    this.#active.delete(accountKey(account));
    return new ToolError('authorization_required', {
      message: status === ACTIVE ? REFUSED_THOUGH_ACTIVE : undefined,
      accountStatus: status,
      authorizationUrl: await this.authorizationUrl(account, deadline),
    });
  }

  /**
   * Returns the page where the user connects the account. If CONNECT_URL is set, this is the application's page, which
   * starts the consent in the user's own session. Otherwise it is a new link to Scalekit's consent page, or null if no
   * link can be created.
   */
  async authorizationUrl(account: Account, deadline: Deadline): Promise<string | null> {
    if (this.#connectUrl !== undefined) return connectPage(this.#connectUrl, account);
    const link = await inShortTime(deadline, ({ signal }) =>
      this.#links.wait(accountKey(account), signal, (shared) =>
        inSharedTime(shared, async (longer) => (await this.#api.createLink(account, longer)).url),
      ),
    );
    return link ?? null;
  }

  /**
   * Returns the current status. Concurrent callers share one request. The status ACTIVE is cached for a limited time.
   */
  async #look(account: Account, { signal }: Deadline): Promise<AccountStatus> {
    const key = accountKey(account);
    try {
      return await this.#looks.wait(key, signal, async (shared) => {
        this.#active.delete(key);
        const status = await inSharedTime(shared, (longer) => this.#api.status(account, longer));
        if (status === ACTIVE) this.#active.add(key);
        return status;
      });
    } catch (error) {
      throw endedWaitError(error, signal);
    }
  }
}

/**
 * Adds the connector to the query of CONNECT_URL. The application's page passes the connector to `POST
 * /accounts/{connector}/authorize`.
 */
function connectPage(connectUrl: string, { connector }: Account): string {
  const url = new URL(connectUrl);
  url.search += `${url.search ? '&' : '?'}connector=${encodeURIComponent(connector)}`;
  return url.href;
}

async function inSharedTime<Value>(
  signal: AbortSignal,
  ask: (longer: Deadline) => Promise<Value>,
): Promise<Value> {
  const longer = Deadline.within(signal, SHARED_MAX_MS);
  try {
    return await ask(longer);
  } finally {
    longer.end();
  }
}

/**
 * Returns the result of a request. Returns undefined if the request fails, or takes so long that the error of the call
 * could no longer be returned in time.
 */
async function inShortTime<Value>(
  deadline: Deadline,
  ask: (shorter: Deadline) => Promise<Value>,
): Promise<Value | undefined> {
  const limitMs = Math.min(BETTER_ERROR_MAX_MS, deadline.leftMs - ERROR_RESERVE_MS);
  if (limitMs <= 0) return undefined;
  const shorter = Deadline.within(deadline.signal, limitMs);
  try {
    return await ask(shorter);
  } catch {
    return undefined;
  } finally {
    shorter.end();
  }
}
