import type { HttpAnswer } from '../http/http-client.ts';
import { accountKey } from './account.ts';
import type { EncodedRequest } from './provider-request.ts';
import type { ProxyInvocation } from './proxy-invocation.ts';

// What is begun with less could only end without an answer.
const LEAST_MS = 100;

export interface Attempt {
  timeoutMs: number;
  /** On a connection that this invocation opened or has used. */
  onProvenConnection: boolean;
  /** Called before anything goes out, once there is a connection. */
  onSend(): void;
  /** Called when what went out was refused with 401, so that it did nothing. */
  onRefused(): void;
  /** Whether a 401 may be answered by sending the request again: once for each call. */
  mayReplay(): boolean;
}

/** Sends requests through the proxy for one account, and finds out what a 401 means: it may be Scalekit's or the provider's. */
export class ProxySender {
  readonly #invocation: ProxyInvocation;

  constructor(invocation: ProxyInvocation) {
    this.#invocation = invocation;
  }

  /**
   * @returns the answer, of any status but 401
   * @throws TransportError, or ToolError `authorization_required`, or what the token and the account check throw
   */
  async send(request: EncodedRequest, attempt: Attempt): Promise<HttpAnswer> {
    const { account, deadline, scalekit, statistics } = this.#invocation;
    const { accounts, token, uncuredRenewals } = scalekit;
    const { signal } = deadline;
    const used = await token.get(signal);
    const answer = await this.#once(request, attempt);
    if (answer.status !== 401) return answer;
    attempt.onRefused();

    await accounts.assertStillActive(account, deadline);
    if (!attempt.mayReplay()) throw await accounts.authorizationRequired(account, deadline);
    // Looking at the account may have renewed the token already; a renewal of its own is not repeated in vain.
    const key = accountKey(account);
    const mayRenew = !uncuredRenewals.has(key);
    const renewed = mayRenew ? await token.replace(used, signal) : await token.get(signal);
    if (renewed !== used) {
      statistics.retries += 1;
      const second = await this.#once(request, attempt);
      if (second.status !== 401) return second;
      attempt.onRefused();
    }
    if (mayRenew || renewed !== used) uncuredRenewals.add(key);
    throw await accounts.authorizationRequired(account, deadline);
  }

  async #once(
    request: EncodedRequest,
    { timeoutMs, onProvenConnection, onSend }: Attempt,
  ): Promise<HttpAnswer> {
    const { scalekit, account, deadline, statistics, connectionsMark } = this.#invocation;
    const { connection, identifier } = account;
    deadline.assertTimeFor(LEAST_MS);
    const end = statistics.beginAttempt();
    try {
      return await scalekit.sdk.proxy({
        ...request,
        connection,
        identifier,
        signal: deadline.signal,
        timeoutMs: Math.min(timeoutMs, deadline.leftMs),
        provenSince: onProvenConnection ? connectionsMark : undefined,
        onConnection: onSend,
      });
    } finally {
      end();
    }
  }
}
