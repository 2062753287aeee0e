import * as z from 'zod';
import type { StoredSecret } from '../aws/stored-secret.ts';
import { lazily } from '../cache/lazily.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { HttpResponse } from '../http-client/http-client.ts';
import { parseJson } from '../text/json.ts';
import type { Deadline } from '../time/deadline.ts';
import { ConsentStates } from './consent-state.ts';
import type { ControlPlane } from './control-plane.ts';
import { scalekitError } from './scalekit-error.ts';

/** One user's account on one connection. */
export interface Account {
  /** The connector's name, such as `gmail`. It is passed to the page at CONNECT_URL. */
  connector: string;
  connection: string;
  /** The environment variable with the name of the connection, for error messages. */
  connectionSetting: string;
  identifier: string;
}

/** Returns a cache key. The key is JSON, because a connection and an identifier may contain any separator. */
export function accountKey({ connection, identifier }: Account): string {
  return JSON.stringify([connection, identifier]);
}

// https://docs.scalekit.com/apis/#tag/connected-accounts
const UNSPECIFIED = 'CONNECTION_STATUS_UNSPECIFIED';
const STATUSES = ['ACTIVE', 'EXPIRED', 'PENDING_AUTH', 'PENDING_VERIFICATION', 'DISCONNECTED'] as const;
export type AccountStatus = (typeof STATUSES)[number] | typeof UNSPECIFIED;

// An unknown or missing status counts as not active.
const AccountAnswer = z.object({
  connected_account: z.object({ status: z.enum(STATUSES).or(z.literal(UNSPECIFIED)).catch(UNSPECIFIED) }),
});
const LINK_LENGTH_MAX = 1_000;
const LinkAnswer = lazily(() =>
  z.object({
    link: z
      .url({ protocol: /^https?$/ })
      .transform((link) => new URL(link).href)
      .pipe(z.string().max(LINK_LENGTH_MAX)),
  }),
);

/** A link to the consent page. After the consent, the user's browser brings the state back. */
export interface ConsentLink {
  url: string;
  /** The state that the browser brings to the page at USER_VERIFY_URL; null if user verification is off. */
  state: string | null;
  /** The time when the state expires; null if there is no state. */
  endsAtMs: number | null;
}

/**
 * Scalekit's API for the users' accounts. We request only the status of an account, so the provider's credentials
 * never enter this process.
 */
export class AccountsApi {
  readonly #controlPlane: ControlPlane;
  readonly #userVerifyUrl: string;
  readonly #secret: StoredSecret;

  /**
   * @param userVerifyUrl the page to which the user returns after the consent; `none` is allowed only in development
   * @param secret the client secret, which signs the states of consents
   */
  constructor(controlPlane: ControlPlane, userVerifyUrl: string, secret: StoredSecret) {
    this.#controlPlane = controlPlane;
    this.#userVerifyUrl = userVerifyUrl;
    this.#secret = secret;
  }

  /**
   * Returns the status of an account. Creates the account if it does not exist.
   * @throws ToolError `not_configured` and the errors of Scalekit's API
   */
  async status(account: Account, deadline: Deadline): Promise<AccountStatus> {
    return (await this.find(account, deadline)) ?? (await this.#create(account, deadline));
  }

  /**
   * Returns the status of an account without its credentials. SDKs after 2.11.0 have the method
   * `actions.getConnectedAccountDetails` for this.
   * @returns undefined if the account or the connection does not exist
   * @throws ToolError
   */
  async find({ connection, identifier }: Account, deadline: Deadline): Promise<AccountStatus | undefined> {
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

  /**
   * Creates a new link to the consent page.
   * @throws ToolError `scalekit_unavailable` if Scalekit's link is not http or https, and the errors of Scalekit's
   * API
   */
  async createLink({ connection, identifier }: Account, deadline: Deadline): Promise<ConsentLink> {
    const issued = await this.#issueState(connection, identifier, deadline);
    const answer = await this.#controlPlane.send(
      {
        method: 'POST',
        path: '/api/v1/connected_accounts/magic_link',
        json: {
          connector: connection,
          identifier,
          ...(issued && { user_verify_url: this.#userVerifyUrl, state: issued.text }),
        },
      },
      deadline,
    );
    return {
      url: linkOf(answer),
      state: issued?.text ?? null,
      endsAtMs: issued?.endsAtMs ?? null,
    };
  }

  /**
   * Completes the verification of the user who consented. The account then becomes ACTIVE. We do not retry the
   * request, because Scalekit accepts a request ID only once. If only the response was lost, a retry would be
   * rejected.
   * https://docs.scalekit.com/agentkit/user-verification/
   * @throws ToolError `forbidden`, `not_found` or `conflict` if Scalekit rejects the verification, and the errors of
   * Scalekit's API
   */
  async verifyUser(authRequestId: string, identifier: string, deadline: Deadline): Promise<void> {
    const { status } = await this.#controlPlane.sendOnce(
      {
        method: 'POST',
        path: '/api/v1/connected_accounts/user/verify',
        json: { auth_request_id: authRequestId, identifier },
      },
      deadline,
    );
    if (status < 200 || status >= 300) throw verificationRefused(status);
  }

  async #issueState(connection: string, identifier: string, { signal }: Deadline) {
    if (this.#userVerifyUrl === 'none') return undefined;
    return new ConsentStates(await this.#secret.read(signal)).issue({ connection, identifier });
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
    // Another call has created the account between our two requests.
    if (answer.status === 409) return (await this.find(account, deadline)) ?? UNSPECIFIED;
    if (answer.status === 404) {
      throw new ToolError('not_configured', {
        message: `Scalekit has no connection with the name in ${connectionSetting} (by default the connector's name). Report this to the operator of the tool.`,
      });
    }
    return statusOf(answer);
  }
}

function verificationRefused(status: number): ToolError {
  if (status === 403) {
    return new ToolError('forbidden', {
      message: 'Another user gave this consent. Sign in as the user who began it, or ask for a new link.',
    });
  }
  if (status === 404) {
    return new ToolError('not_found', {
      message: 'Scalekit has no such consent, or it was verified already. Look at GET /accounts.',
    });
  }
  return new ToolError('conflict', {
    message: 'No consent at Scalekit is waiting for this verification. Ask for a new link.',
  });
}

function linkOf(answer: HttpResponse): string {
  if (answer.status >= 400) throw scalekitError(answer, 'to give a link to the consent page');
  const { data, error: cause } = LinkAnswer().safeParse(parseJson(answer.body));
  if (cause) throw new ToolError('scalekit_unavailable', { cause });
  return data.link;
}

function statusOf(answer: HttpResponse): AccountStatus {
  if (answer.status < 200 || answer.status >= 300)
    throw scalekitError(answer, 'to look at connected accounts');
  // By default, zod compiles a schema to code. Most environments check only a few accounts, for which compiling takes
  // longer than it saves.
  const { data, error: cause } = AccountAnswer.safeParse(parseJson(answer.body), { jitless: true });
  if (cause) throw new ToolError('scalekit_unavailable', { cause });
  return data.connected_account.status;
}
