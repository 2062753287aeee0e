import * as z from 'zod';
import { ExpiringSet } from '../cache/expiring-set.ts';
import { ToolError } from '../errors/tool-error.ts';
import { parseJson } from '../text/parse-json.ts';
import { Deadline } from '../time/deadline.ts';
import { SharedRequests } from '../time/shared-requests.ts';
import type { ControlPlane } from './control-plane.ts';
import { scalekitError } from './scalekit-error.ts';
import type { HttpAnswer } from './sdk.ts';

const ACTIVE = 'ACTIVE';
// What only makes an error better must not hold it up, nor take the time in which it is told.
const BETTER_ERROR_MAX_MS = 5_000;
const ERROR_RESERVE_MS = 500;
// What several callers wait for has a time of its own, so that the end of one is not that of another.
const SHARED_MAX_MS = 10_000;
// An environment serves few users at a time; this bounds its memory, not its use.
const CACHE_ENTRIES_MAX = 1_000;

// https://docs.scalekit.com/apis/#tag/connected-accounts
const UNSPECIFIED = 'CONNECTION_STATUS_UNSPECIFIED';
const STATUSES = ['ACTIVE', 'EXPIRED', 'PENDING_AUTH', 'PENDING_VERIFICATION', 'DISCONNECTED'] as const;
type AccountStatus = (typeof STATUSES)[number] | typeof UNSPECIFIED;

const REFUSED_THOUGH_ACTIVE =
  'The provider refuses the credentials of the connected account. Give the user authorization_url to connect it again.';

// A status that is not known, or is left out, is not active.
const AccountAnswer = z.object({
  connected_account: z.object({ status: z.enum(STATUSES).or(z.literal(UNSPECIFIED)).catch(UNSPECIFIED) }),
});
const LINK_LENGTH_MAX = 1_000;
const LinkAnswer = z.object({
  link: z.url({ protocol: /^https?$/ }).transform((link) => new URL(link).href),
});

/** One user's account on one connection. */
export interface Account {
  connection: string;
  /** The environment variable that names the connection, for messages. */
  connectionSetting: string;
  identifier: string;
}

interface Options {
  controlPlane: ControlPlane;
  cacheSeconds: number;
  /** Where the user returns after consent; `none` only in development. */
  userVerifyUrl: string;
}

/** Scalekit's records of the users' accounts. Only statuses are asked for; credentials never enter this process. */
export class ConnectedAccounts {
  readonly #controlPlane: ControlPlane;
  readonly #userVerifyUrl: string;
  readonly #active: ExpiringSet;
  readonly #looks = new SharedRequests<AccountStatus>();
  readonly #links = new SharedRequests<string | null>();

  constructor({ controlPlane, cacheSeconds, userVerifyUrl }: Options) {
    this.#controlPlane = controlPlane;
    this.#userVerifyUrl = userVerifyUrl;
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

  /** The error that sends the user to the consent page; a link that cannot be had hides nothing. */
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

  /** A fresh link to the consent page, or null. */
  async authorizationUrl(account: Account, deadline: Deadline): Promise<string | null> {
    const link = await inShortTime(deadline, ({ signal }) =>
      this.#links.wait(accountKey(account), signal, (shared) => this.#createLink(account, shared)),
    );
    return link ?? null;
  }

  /** The account's status of now, asked for once by all who ask at the same time; ACTIVE is believed for a while. */
  async #look(account: Account, { signal }: Deadline): Promise<AccountStatus> {
    const key = accountKey(account);
    try {
      return await this.#looks.wait(key, signal, async (shared) => {
        this.#active.delete(key);
        const deadline = Deadline.within(shared, SHARED_MAX_MS);
        try {
          const status = (await this.#status(account, deadline)) ?? (await this.#create(account, deadline));
          if (status === ACTIVE) this.#active.add(key);
          return status;
        } finally {
          deadline.end();
        }
      });
    } catch (cause) {
      throw cause instanceof ToolError ? cause : new ToolError('scalekit_unavailable', { cause });
    }
  }

  async #createLink({ connection, identifier }: Account, shared: AbortSignal): Promise<string | null> {
    const verify = this.#userVerifyUrl === 'none' ? {} : { user_verify_url: this.#userVerifyUrl };
    const deadline = Deadline.within(shared, SHARED_MAX_MS);
    try {
      const { body } = await this.#controlPlane.send(
        {
          method: 'POST',
          path: '/api/v1/connected_accounts/magic_link',
          json: { connector: connection, identifier, ...verify },
        },
        deadline,
      );
      const { link } = LinkAnswer.parse(parseJson(body));
      return link.length <= LINK_LENGTH_MAX ? link : null;
    } finally {
      deadline.end();
    }
  }

  /** The account's status without its credentials; undefined where there is no such account, or no such connection. */
  async #status({ connection, identifier }: Account, deadline: Deadline): Promise<AccountStatus | undefined> {
    const answer = await this.#controlPlane.send(
      {
        method: 'GET',
        path: '/api/v1/connected_accounts/details',
        query: { connector: connection, identifier },
      },
      deadline,
    );
    return answer.status === 404 ? undefined : statusOf(answer);
  }

  async #create(account: Account, deadline: Deadline): Promise<AccountStatus> {
    const { connection, connectionSetting, identifier } = account;
    const answer = await this.#controlPlane.send(
      {
        method: 'POST',
        path: '/api/v1/connected_accounts',
        json: {
          connector: connection,
          identifier,
          connected_account: { authorization_details: { oauth_token: {} } },
        },
      },
      deadline,
    );
    // Another call created it meanwhile.
    if (answer.status === 409) return (await this.#status(account, deadline)) ?? UNSPECIFIED;
    if (answer.status === 404) {
      throw new ToolError('not_configured', {
        message: `Scalekit has no connection of the name that ${connectionSetting} gives (by default the connector's own). Report this to the operator of the tool.`,
      });
    }
    return statusOf(answer);
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

/** The whole key: a connection and an identifier may hold any separator. */
export function accountKey({ connection, identifier }: Account): string {
  return JSON.stringify([connection, identifier]);
}

function statusOf(answer: HttpAnswer): AccountStatus {
  if (answer.status < 200 || answer.status >= 300)
    throw scalekitError(answer, 'to look at connected accounts');
  try {
    return AccountAnswer.parse(parseJson(answer.body)).connected_account.status;
  } catch (cause) {
    throw new ToolError('scalekit_unavailable', { cause });
  }
}
