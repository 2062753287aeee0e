import type { HttpAnswer } from '../http/http-client.ts';
import { replayRefused } from '../http/retries.ts';
import { accountKey } from './account.ts';
import type { EncodedRequest } from './provider-request.ts';
import type { ProxyInvocation } from './proxy-invocation.ts';

// A request with less time could only end without an answer.
const LEAST_MS = 100;

export interface Attempt {
  timeoutMs: number;
  /** On a connection that this invocation opened or has used. */
  onProvenConnection: boolean;
  /** Called before anything goes out, once there is a connection. */
  onSend(): void;
  /** Called when the request was refused with 401, so that it did nothing. */
  onRefused(): void;
  /** Whether a 401 may be answered by sending the request again: once for each call. */
  mayReplay(): boolean;
}

/** Sends requests through the proxy for one account. A 401 may be Scalekit's or the provider's, so it finds out whose it is. */
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
    const key = accountKey(account);
    let wasRenewed = false;
    const answer = await replayRefused({
      get: () => token.get(signal),
      send: () => this.#once(request, attempt),
      isRefused: ({ status }) => status === 401,
      renew: async (used) => {
        await accounts.assertStillActive(account, deadline);
        if (!attempt.mayReplay()) return undefined;
        // Looking at the account may have renewed the token already. A renewal that did not help is not repeated.
        const mayRenew = !uncuredRenewals.has(key);
        const newer = mayRenew ? await token.replace(used, signal) : await token.get(signal);
        wasRenewed = mayRenew || newer !== used;
        if (newer === used) return undefined;
        statistics.retries += 1;
        return newer;
      },
    });
    if (answer.status !== 401) return answer;
    if (wasRenewed) uncuredRenewals.add(key);
    throw await accounts.authorizationRequired(account, deadline);
  }

  async #once(
    request: EncodedRequest,
    { timeoutMs, onProvenConnection, onSend, onRefused }: Attempt,
  ): Promise<HttpAnswer> {
    const { scalekit, account, deadline, statistics, connectionsMark, traceparent } = this.#invocation;
    const { connection, identifier } = account;
    deadline.assertTimeFor(LEAST_MS);
    const end = statistics.beginAttempt();
    try {
      const answer = await scalekit.sdk.proxy({
        ...request,
        headers: traceparent === undefined ? request.headers : { ...request.headers, traceparent },
        connection,
        identifier,
        signal: deadline.signal,
        timeoutMs: Math.min(timeoutMs, deadline.leftMs),
        provenSince: onProvenConnection ? connectionsMark : undefined,
        onConnection: onSend,
      });
      if (answer.status === 401) onRefused();
      return answer;
    } finally {
      end();
    }
  }
}
