import type { HttpResponse, Limits } from '../http-client/http-client.ts';
import { RETRY_POLICIES, type RetryPolicy, replayRefused } from '../http-client/retries.ts';
import type { Deadline } from '../time/deadline.ts';
import type { AccessToken } from './access-token.ts';
import { askScalekit } from './ask-scalekit.ts';
import { scalekitError } from './scalekit-error.ts';
import type { ControlRequest, ScalekitSdk } from './scalekit-sdk.ts';

type PlainRequest = Omit<ControlRequest, keyof Limits>;

/** Scalekit's own REST API. Requests contain our access token. */
export class ControlPlane {
  readonly #sdk: ScalekitSdk;
  readonly #token: AccessToken;

  constructor(sdk: ScalekitSdk, token: AccessToken) {
    this.#sdk = sdk;
    this.#token = token;
  }

  /**
   * Sends a request. A rejected token is renewed once.
   * @returns the response with any status except 401, 429 and 5xx
   * @throws ToolError `scalekit_unavailable`, `not_configured` or `rate_limited`
   */
  send(request: PlainRequest, deadline: Deadline): Promise<HttpResponse> {
    return this.#send(request, deadline, RETRY_POLICIES.controlPlane);
  }

  /** Like `send`, but does not retry a request that may already have run. */
  sendOnce(request: PlainRequest, deadline: Deadline): Promise<HttpResponse> {
    return this.#send(request, deadline, RETRY_POLICIES.controlPlaneOnce);
  }

  async #send(request: PlainRequest, deadline: Deadline, policy: RetryPolicy): Promise<HttpResponse> {
    const { signal } = deadline;
    const answer = await replayRefused({
      get: () => this.#token.get(signal),
      send: () =>
        askScalekit(this.#sdk, deadline, (limits) => this.#sdk.control({ ...request, ...limits }), policy),
      isRefused: ({ status }) => status === 401,
      renew: (refused) => this.#token.replace(refused, signal),
    });
    if (answer.status < 500 && answer.status !== 401 && answer.status !== 429) return answer;
    throw scalekitError(answer, 'the access token that it gave to our client');
  }
}
