import { ExpiringSet } from '../cache/expiring-set.ts';
import { ToolError } from '../errors/tool-error.ts';
import { Deadline } from '../time/deadline.ts';
import { SharedRequests } from '../time/shared-requests.ts';
import { type Account, accountKey } from './account.ts';
import type { AccountStatus, AccountsApi } from './accounts-api.ts';

const ACTIVE = 'ACTIVE';
// What only makes an error better must not hold it up, nor take the time in which it is told.
const BETTER_ERROR_MAX_MS = 5_000;
const ERROR_RESERVE_MS = 500;
// What several callers wait for has a time of its own, so that the end of one is not that of another.
const SHARED_MAX_MS = 10_000;
// An environment serves few users at a time; this bounds its memory, not its use.
const CACHE_ENTRIES_MAX = 1_000;

const REFUSED_THOUGH_ACTIVE =
  'The provider refuses the credentials of the connected account. Give the user authorization_url to connect it again.';

/** Whether users' accounts can be used, and what to tell where they cannot. */
export class ConnectedAccounts {
  readonly #api: AccountsApi;
  readonly #connectUrl: string | undefined;
  readonly #active: ExpiringSet;
  readonly #looks = new SharedRequests<AccountStatus>();
  readonly #links = new SharedRequests<string>();

  /** @param options how long ACTIVE is believed; and the application's page that connects accounts, if it has one */
  constructor(api: AccountsApi, options: { cacheSeconds: number; connectUrl: string | undefined }) {
    const { cacheSeconds, connectUrl } = options;
    this.#api = api;
    this.#connectUrl = connectUrl;
    this.#active = new ExpiringSet({ lifetimeMs: cacheSeconds * 1000, entriesMax: CACHE_ENTRIES_MAX });
  }

  /**
   * Makes sure that the account is ACTIVE; one that does not exist is created.
   * @returns whether the answer came from the cache
   * @throws ToolError `authorization_required` with a link, `not_configured`, `scalekit_unavailable` or `rate_limited`
   */
  async assertActive(account: Account, deadline: Deadline): Promise<{ fromCache: boolean }> {
    if (this.#active.has(accountKey(account))) return { fromCache: true };
    await this.assertStillActive(account, deadline);
    return { fromCache: false };
  }

  /** The same, but asks Scalekit even where the cache has an answer. */
  async assertStillActive(account: Account, deadline: Deadline): Promise<void> {
    const status = await this.#look(account, deadline);
    if (status !== ACTIVE) throw await this.authorizationRequired(account, deadline, status);
  }

  /** Asks Scalekit again; the error if the account is no longer ACTIVE, undefined if it is or nobody can tell now. */
  async whyNotActive(account: Account, deadline: Deadline): Promise<ToolError | undefined> {
    const status = await inShortTime(deadline, (shorter) => this.#look(account, shorter));
    if (status === undefined || status === ACTIVE) return undefined;
    return this.authorizationRequired(account, deadline, status);
  }

  /** The error that has the user connect the account; a link that cannot be had hides nothing. */
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
   * Where the user connects the account: the application's page, which starts the consent in the user's own session;
   * without one, a fresh link to Scalekit's consent page, or null if there is none.
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

  /** The account's status of now, asked for once by all who ask at the same time; ACTIVE is believed for a while. */
  async #look(account: Account, { signal }: Deadline): Promise<AccountStatus> {
    const key = accountKey(account);
    try {
      return await this.#looks.wait(key, signal, async (shared) => {
        this.#active.delete(key);
        const status = await inSharedTime(shared, (longer) => this.#api.status(account, longer));
        if (status === ACTIVE) this.#active.add(key);
        return status;
      });
    } catch (cause) {
      throw cause instanceof ToolError ? cause : new ToolError('scalekit_unavailable', { cause });
    }
  }
}

/** The query as it was set, and the name that `POST /accounts/{connector}/authorize` takes. */
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

/** What can be had in the time that an error may be held up; undefined where it cannot. */
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
