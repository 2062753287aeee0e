import { createHash } from 'node:crypto';
import type { StoredSecret } from '../aws/stored-secret.ts';
import { ERROR_CODES } from '../errors/error-codes.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { LeaseTable } from '../leases/lease-table.ts';
import type { AccountStatus, AccountsApi } from '../scalekit/accounts-api.ts';
import { ConsentStates, parseConsentState, type ReturnedState } from '../scalekit/consent-state.ts';
import { Deadline } from '../time/deadline.ts';
import type { ConnectorAccount } from './accounts-of-caller.ts';

/** The query parameters of the page at USER_VERIFY_URL. */
interface Verification {
  auth_request_id: string;
  state: string;
}

interface VerifierOptions {
  api: AccountsApi;
  secret: StoredSecret;
  /** The leases that mark states as used; undefined if the operator allows a state to be used more than once. */
  used: LeaseTable | undefined;
}

/** The verified account. The status is null if it could not be read. */
interface VerifiedAccount {
  connector: string;
  status: AccountStatus | null;
}

/** Logs a failure that does not fail the verification. */
type Warn = (message: string, error: unknown) => void;

export type VerifyAccount = (
  verification: Verification,
  accounts: readonly ConnectorAccount[],
  deadline: Deadline,
  warn: Warn,
) => Promise<VerifiedAccount>;

// The first value limits the request that verifies the account. The second value is the time that we keep for the
// request after it, which reads the account's status or releases the state.
const VERIFY_MAX_MS = 10_000;
const AFTERWARDS_MS = 3_000;
// The lease lasts a minute longer than the state is valid, because clocks differ.
const KEPT_AFTER_END_MS = 60_000;

const ASK_FOR_A_NEW_LINK = 'Ask for a new link: POST /accounts/{connector}/authorize.';

/**
 * Makes the function that completes a user's consent. It accepts only a state that was issued to the caller, and each
 * state only once.
 */
export function createVerifyAccount({ api, secret, used }: VerifierOptions): VerifyAccount {
  return async ({ auth_request_id: authRequestId, state }, accounts, deadline, warn) => {
    const returned = parseConsentState(state);
    if (!returned) throw malformedState();
    const own = await findOwn(returned, accounts, deadline.signal);
    if (!own) {
      throw new ToolError('forbidden', {
        message: `This consent was begun by another user, or its state was changed. ${ASK_FOR_A_NEW_LINK}`,
      });
    }
    const endsAtMs = returned.endsAtSeconds * 1_000;
    if (endsAtMs <= Date.now()) throw over('has expired');
    // We mark the state as used before we verify the account. A second request with the same state is then rejected.
    const claim = await used?.claim(keyOf(state), { expiresAtMs: endsAtMs + KEPT_AFTER_END_MS }, deadline);
    if (claim && !claim.lease) throw over('was used already');
    try {
      await verify(authRequestId, own, deadline);
    } catch (error) {
      if (used && claim && isPassing(error)) {
        await used
          .release(claim.lease, deadline)
          .catch((failure: unknown) => warn('a state could not be freed', failure));
      }
      throw error;
    }
    return { connector: own.connector, status: await statusOf(own, deadline, warn) };
  };

  /** Returns the account that a state was issued for. */
  async function findOwn(
    returned: ReturnedState,
    accounts: readonly ConnectorAccount[],
    signal: AbortSignal,
  ): Promise<ConnectorAccount | undefined> {
    const find = (key: string) => {
      const states = new ConsentStates(key);
      return accounts.find(({ account }) => states.fits(returned, account));
    };
    const known = await secret.read(signal);
    const found = find(known);
    if (found) return found;
    // A function that started later may have signed the state with a newer secret.
    const newer = await secret.replace(known, signal);
    return newer === undefined ? undefined : find(newer);
  }

  async function verify(
    authRequestId: string,
    { account }: ConnectorAccount,
    deadline: Deadline,
  ): Promise<void> {
    const limitMs = Math.min(VERIFY_MAX_MS, deadline.leftMs - AFTERWARDS_MS);
    const shorter = Deadline.within(deadline.signal, limitMs);
    try {
      await api.verifyUser(authRequestId, account.identifier, shorter);
    } finally {
      shorter.end();
    }
  }

  /**
   * Returns the account's current status, or null if the status cannot be read. The account is verified in both cases.
   */
  async function statusOf(
    { account }: ConnectorAccount,
    deadline: Deadline,
    warn: Warn,
  ): Promise<AccountStatus | null> {
    try {
      return (await api.find(account, deadline)) ?? null;
    } catch (error) {
      warn('the status of a verified account could not be read', error);
      return null;
    }
  }
}

/** Returns the key of a state in the table. The key is a hash, because anyone who can read a state can also use it. */
function keyOf(state: string): string {
  return `state#${createHash('sha256').update(state).digest('hex')}`;
}

function isPassing(error: unknown): boolean {
  return error instanceof ToolError && ERROR_CODES[error.code].retryable;
}

function over(what: string): ToolError {
  return new ToolError('conflict', { message: `This consent ${what}. ${ASK_FOR_A_NEW_LINK}` });
}

function malformedState(): ToolError {
  return new ToolError('invalid_input', {
    message: 'This state is not valid. Send it as it came to the page at USER_VERIFY_URL.',
    details: [{ path: 'state', issue: 'must be the state that came with the user, unchanged' }],
  });
}
