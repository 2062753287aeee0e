import type { HttpResponse } from '../http-client/http-client.ts';
import { replayRefused } from '../http-client/retries.ts';
import { accountKey } from './accounts-api.ts';
import type { EncodedRequest } from './provider-request.ts';
import type { ProxyInvocation } from './proxy-invocation.ts';

// A request that has less time than this would not get a response.
const LEAST_MS = 100;

export interface Attempt {
  timeoutMs: number;
  /**
   * True if the connection must be new, or must have returned a response to this invocation. An older connection may
   * be dead.
   */
  onProvenConnection: boolean;
  /** Called when there is a connection, before anything is sent. */
  onSend(): void;
  /** Called if the response is a 401. The request has then changed nothing. */
  onRefused(): void;
  /** Returns true if the request may be sent again after a 401. This is allowed once per call. */
  mayReplay(): boolean;
}

/**
 * Sends requests through the proxy for one account. A 401 may come from Scalekit or from the provider. This class
 * finds out if Scalekit or the provider sent it.
 */
export class ProxySender {
  readonly #invocation: ProxyInvocation;

  constructor(invocation: ProxyInvocation) {
    this.#invocation = invocation;
  }

  /**
   * @returns the response with any status except 401
   * @throws TransportError, ToolError `authorization_required`, and the errors of the token and the account check
   */
  async send(request: EncodedRequest, attempt: Attempt): Promise<HttpResponse> {
    const { account, deadline, scalekit, statistics } = this.#invocation;
    const { accounts, token, ineffectiveRenewals } = scalekit;
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
        // If a new token did not help this account earlier, we do not request another one. The account check above may
        // nevertheless have renewed the token.
        const mayRenew = !ineffectiveRenewals.has(key);
        const newer = mayRenew ? await token.replace(used, signal) : await token.get(signal);
        wasRenewed = mayRenew || newer !== used;
        if (newer === used) return undefined;
        statistics.retries += 1;
        return newer;
      },
    });
    if (answer.status !== 401) return answer;
    if (wasRenewed) ineffectiveRenewals.add(key);
    throw await accounts.authorizationRequired(account, deadline);
  }

  async #once(
    request: EncodedRequest,
    { timeoutMs, onProvenConnection, onSend, onRefused }: Attempt,
  ): Promise<HttpResponse> {
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
