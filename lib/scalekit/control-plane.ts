import { ToolError } from '../errors/tool-error.ts';
import type { HttpAnswer, Limits } from '../http/http-client.ts';
import { ATTEMPTS_MAX } from '../time/attempts.ts';
import type { Deadline } from '../time/deadline.ts';
import type { AccessToken } from './access-token.ts';
import { askScalekit } from './ask-scalekit.ts';
import { scalekitError } from './scalekit-error.ts';
import type { ControlRequest, ScalekitSdk } from './scalekit-sdk.ts';

const ATTEMPT_MAX_MS = 2_500;

type PlainRequest = Omit<ControlRequest, keyof Limits>;

/** Scalekit's own REST API, with our token. */
export class ControlPlane {
  readonly #sdk: ScalekitSdk;
  readonly #token: AccessToken;

  constructor(sdk: ScalekitSdk, token: AccessToken) {
    this.#sdk = sdk;
    this.#token = token;
  }

  /**
   * Sends a request; a refused token is renewed once.
   * @returns the answer, whatever its status, but for 401, 429 and 5xx
   * @throws ToolError `scalekit_unavailable`, `not_configured` or `rate_limited`
   */
  send(request: PlainRequest, deadline: Deadline): Promise<HttpAnswer> {
    return this.#send(request, deadline, ATTEMPTS_MAX);
  }

  /** The same for what cannot be asked twice: a request that may have been carried out is not repeated. */
  sendOnce(request: PlainRequest, deadline: Deadline): Promise<HttpAnswer> {
    return this.#send(request, deadline, 1);
  }

  async #send(request: PlainRequest, deadline: Deadline, attemptsMax: number): Promise<HttpAnswer> {
    const { signal } = deadline;
    try {
      const token = await this.#token.get(signal);
      let answer = await this.#ask(request, deadline, attemptsMax);
      if (answer.status === 401) {
        await this.#token.replace(token, signal);
        answer = await this.#ask(request, deadline, attemptsMax);
      }
      if (answer.status < 500 && answer.status !== 401 && answer.status !== 429) return answer;
      throw scalekitError(answer, 'the access token that it gave to our client');
    } catch (cause) {
      throw cause instanceof ToolError ? cause : new ToolError('scalekit_unavailable', { cause });
    }
  }

  #ask(request: PlainRequest, deadline: Deadline, attemptsMax: number): Promise<HttpAnswer> {
    const ask = (limits: Limits) => this.#sdk.control({ ...request, ...limits });
    return askScalekit(this.#sdk, deadline, ATTEMPT_MAX_MS, ask, attemptsMax);
  }
}
