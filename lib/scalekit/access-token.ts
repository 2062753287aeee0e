import type { StoredSecret } from '../aws/stored-secret.ts';
import { ToolError } from '../errors/tool-error.ts';
import { replayRefused } from '../http-client/retries.ts';
import { parseJson } from '../text/json.ts';
import { abortable, Deadline } from '../time/deadline.ts';
import { SharedRequest } from '../time/shared-request.ts';
import { askScalekit } from './ask-scalekit.ts';
import { endedWaitError, scalekitError } from './scalekit-error.ts';
import type { ScalekitSdk } from './scalekit-sdk.ts';

const FETCH_MAX_MS = 8_000;
// Lambda gives the initialisation 10 s. This request may use only a part of that time.
const PRIME_TIMEOUT_MS = 2_000;
// We renew a token early, because it must not expire on the way to Scalekit.
const RENEW_BEFORE_END_MS = 60_000;
const RENEW_BEFORE_END_SHARE = 0.1;

interface Token {
  value: string;
  renewAtMs: number;
}

/**
 * The access token of our Scalekit client. Concurrent callers share one request. The token is renewed before it
 * expires. A failed request is not cached.
 */
export class AccessToken {
  readonly #sdk: ScalekitSdk;
  readonly #secret: StoredSecret;
  readonly #request = new SharedRequest((signal) => this.#fetch(signal));
  #token: Token | undefined;
  #primed: Promise<void> | undefined;

  constructor(sdk: ScalekitSdk, secret: StoredSecret) {
    this.#sdk = sdk;
    this.#secret = secret;
  }

  /** Starts the first request. If it fails, the first call requests the token again. */
  prime(): void {
    if (this.#primed || this.#valid()) return;
    this.#primed = this.#wait(AbortSignal.timeout(PRIME_TIMEOUT_MS)).then(
      () => undefined,
      () => undefined,
    );
  }

  /**
   * Returns a valid token. @throws ToolError `scalekit_unavailable`, `not_configured`, `rate_limited` or
   * `dependency_unavailable`
   */
  async get(signal: AbortSignal): Promise<string> {
    const primed = this.#primed;
    this.#primed = undefined;
    // The first call waits for the request that the initialisation has started. If that request failed, the call sends
    // a new one.
    if (primed && !this.#valid()) await abortable(primed, signal).catch(() => undefined);
    return this.#valid() ?? this.#wait(signal);
  }

  /**
   * Returns a newer token than the rejected token.
   * @throws ToolError the errors of `get`
   */
  async replace(refused: string, signal: AbortSignal): Promise<string> {
    // Other callers use the rejected token until a newer token arrives.
    return this.#token?.value === refused ? this.#wait(signal) : this.get(signal);
  }

  #valid(): string | undefined {
    return this.#token && Date.now() < this.#token.renewAtMs ? this.#token.value : undefined;
  }

  async #wait(signal: AbortSignal): Promise<string> {
    try {
      return await this.#request.wait(signal);
    } catch (error) {
      throw endedWaitError(error, signal);
    }
  }

  async #fetch(signal: AbortSignal): Promise<string> {
    const answer = await replayRefused({
      get: () => this.#secret.read(signal),
      send: (secret) => this.#ask(secret, signal),
      isRefused: ({ status }) => isRefusal(status),
      renew: async () => (this.#secret.forget() ? this.#secret.read(signal) : undefined),
    });
    if (answer.status !== 200) {
      throw scalekitError(answer, 'our client credentials (SCALEKIT_CLIENT_ID and its secret)');
    }
    const { value, lifetimeMs } = parseToken(answer.body);
    const marginMs = Math.min(RENEW_BEFORE_END_MS, lifetimeMs * RENEW_BEFORE_END_SHARE);
    this.#token = { value, renewAtMs: Date.now() + lifetimeMs - marginMs };
    this.#sdk.setAccessToken(value);
    return value;
  }

  async #ask(secret: string, signal: AbortSignal) {
    const deadline = Deadline.within(signal, FETCH_MAX_MS);
    try {
      return await askScalekit(this.#sdk, deadline, (limits) => this.#sdk.requestToken(secret, limits));
    } finally {
      deadline.end();
    }
  }
}

function isRefusal(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

/** Parsed without a schema, so that the first request does not wait for the schema library to load. */
function parseToken(body: string): { value: string; lifetimeMs: number } {
  const { access_token: value, expires_in: seconds }: Record<string, unknown> = Object(parseJson(body));
  if (typeof value === 'string' && value !== '' && typeof seconds === 'number' && seconds > 0)
    return { value, lifetimeMs: seconds * 1_000 };
  throw new ToolError('scalekit_unavailable', {
    cause: new Error('The response of the token endpoint has no token.'),
  });
}
