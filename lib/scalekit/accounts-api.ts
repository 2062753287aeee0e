import * as z from 'zod';
import { ToolError } from '../errors/tool-error.ts';
import { parseJson } from '../text/parse-json.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Account } from './account.ts';
import type { ControlPlane } from './control-plane.ts';
import { scalekitError } from './scalekit-error.ts';
import type { HttpAnswer } from './sdk.ts';

// https://docs.scalekit.com/apis/#tag/connected-accounts
const UNSPECIFIED = 'CONNECTION_STATUS_UNSPECIFIED';
const STATUSES = ['ACTIVE', 'EXPIRED', 'PENDING_AUTH', 'PENDING_VERIFICATION', 'DISCONNECTED'] as const;
export type AccountStatus = (typeof STATUSES)[number] | typeof UNSPECIFIED;

// A status that is not known, or is left out, is not active.
const AccountAnswer = z.object({
  connected_account: z.object({ status: z.enum(STATUSES).or(z.literal(UNSPECIFIED)).catch(UNSPECIFIED) }),
});
const LINK_LENGTH_MAX = 1_000;
const LinkAnswer = z.object({
  link: z.url({ protocol: /^https?$/ }).transform((link) => new URL(link).href),
});

/** Scalekit's records of the users' accounts. Only statuses are asked for; credentials never enter this process. */
export class AccountsApi {
  readonly #controlPlane: ControlPlane;
  readonly #userVerifyUrl: string;

  /** @param userVerifyUrl where the user returns after consent; `none` only in development */
  constructor(controlPlane: ControlPlane, userVerifyUrl: string) {
    this.#controlPlane = controlPlane;
    this.#userVerifyUrl = userVerifyUrl;
  }

  /** The status of an account; one that does not exist is created. @throws ToolError `not_configured` and what the control plane throws */
  async status(account: Account, deadline: Deadline): Promise<AccountStatus> {
    return (await this.#find(account, deadline)) ?? (await this.#create(account, deadline));
  }

  /** A fresh link to the consent page; null where it is none that a person should open. */
  async createLink({ connection, identifier }: Account, deadline: Deadline): Promise<string | null> {
    const verify = this.#userVerifyUrl === 'none' ? {} : { user_verify_url: this.#userVerifyUrl };
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
  }

  /** Undefined where there is no such account, or no such connection. */
  async #find({ connection, identifier }: Account, deadline: Deadline): Promise<AccountStatus | undefined> {
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
    if (answer.status === 409) return (await this.#find(account, deadline)) ?? UNSPECIFIED;
    if (answer.status === 404) {
      throw new ToolError('not_configured', {
        message: `Scalekit has no connection of the name that ${connectionSetting} gives (by default the connector's own). Report this to the operator of the tool.`,
      });
    }
    return statusOf(answer);
  }
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
