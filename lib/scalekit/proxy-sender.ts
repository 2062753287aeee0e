import type { Deadline } from '../time/deadline.ts';
import { type Account, accountKey } from './connected-accounts.ts';
import type { EncodedRequest } from './provider-request.ts';
import type { Scalekit } from './scalekit.ts';
import type { HttpAnswer } from './sdk.ts';

// What is begun with less could only end as an unknown outcome.
const LEAST_MS = 100;

/** Sends requests through the proxy for one account, and finds out what a 401 means: it may be Scalekit's or the provider's. */
export class ProxySender {
  readonly #scalekit: Scalekit;
  readonly #account: Account;
  readonly #deadline: Deadline;

  constructor(scalekit: Scalekit, account: Account, deadline: Deadline) {
    this.#scalekit = scalekit;
    this.#account = account;
    this.#deadline = deadline;
  }

  /**
   * @param onSend called before each attempt goes out
   * @returns the answer, of any status but 401
   * @throws TransportError, or ToolError `authorization_required`, or what the token and the account check throw
   */
  async send(request: EncodedRequest, timeoutMs: number, onSend: () => void): Promise<HttpAnswer> {
    const { accounts, token, uncuredRenewals } = this.#scalekit;
    const used = await token.get(this.#deadline.signal);
    this.#deadline.assertTimeFor(LEAST_MS);
    onSend();
    const answer = await this.#once(request, timeoutMs);
    if (answer.status !== 401) return answer;

    await accounts.assertStillActive(this.#account, this.#deadline);
    // Looking at the account may have renewed the token already; a renewal of its own is not repeated in vain.
    const key = accountKey(this.#account);
    const { signal } = this.#deadline;
    const renewed = uncuredRenewals.has(key) ? await token.get(signal) : await token.replace(used, signal);
    if (renewed !== used) {
      this.#deadline.assertTimeFor(LEAST_MS);
      onSend();
      const second = await this.#once(request, timeoutMs);
      if (second.status !== 401) return second;
      uncuredRenewals.add(key);
    }
    throw await accounts.authorizationRequired(this.#account, this.#deadline);
  }

  #once(request: EncodedRequest, timeoutMs: number): Promise<HttpAnswer> {
    const { connection, identifier } = this.#account;
    return this.#scalekit.sdk.proxy({
      ...request,
      connection,
      identifier,
      signal: this.#deadline.signal,
      timeoutMs: this.#deadline.timeoutMs(timeoutMs),
    });
  }
}
