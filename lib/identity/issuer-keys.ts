import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { ToolError } from '../errors/tool-error.ts';
import { isSecureUrl } from '../settings/settings.ts';
import { SharedRequest } from '../time/shared-request.ts';

const FETCH_TIMEOUT_MS = 3_000;
// How long a key that the issuer withdrew is still believed at most.
const LIFETIME_MS = 10 * 60_000;
// Tokens with invented key IDs must not turn into a flood of requests to the issuer.
const COOLDOWN_MS = 30_000;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.string().refine(isSecureUrl) });
const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

interface FetchedKeys {
  find: JWTVerifyGetKey;
  atMs: number;
}

/** The keys with which an issuer signs its tokens, by OpenID Connect discovery. */
export class IssuerKeys {
  readonly #issuer: string;
  readonly #request = new SharedRequest((signal) => this.#fetch(signal));
  #fetched: FetchedKeys | undefined;

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  /**
   * The key that a token names; one that is not known is looked for again, since issuers change their keys.
   * @throws ToolError `dependency_unavailable` where the keys cannot be had before the signal, and jose's errors where
   * there is no such key
   */
  async find(signal: AbortSignal, ...[header, token]: Parameters<JWTVerifyGetKey>) {
    const keys = this.#younger(LIFETIME_MS) ?? (await this.#refresh(signal));
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.#younger(COOLDOWN_MS)) throw error;
    }
    return (await this.#refresh(signal)).find(header, token);
  }

  #younger(ageMs: number): FetchedKeys | undefined {
    return this.#fetched && Date.now() - this.#fetched.atMs < ageMs ? this.#fetched : undefined;
  }

  async #refresh(signal: AbortSignal): Promise<FetchedKeys> {
    try {
      return await this.#request.wait(signal);
    } catch (cause) {
      throw new ToolError('dependency_unavailable', {
        message: 'The keys of the token issuer cannot be read; nothing was sent. Repeat the call later.',
        cause,
      });
    }
  }

  async #fetch(signal: AbortSignal): Promise<FetchedKeys> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]);
    // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
    const address = `${this.#issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const discovery = Discovery.parse(await fetchJson(address, limit));
    if (discovery.issuer !== this.#issuer) throw new Error('The issuer says that it is another one.');
    const keySet = KeySet.parse(await fetchJson(discovery.jwks_uri, limit));
    this.#fetched = { find: createLocalJWKSet(keySet), atMs: Date.now() };
    return this.#fetched;
  }
}

async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    signal,
    redirect: 'error',
    // Read too rarely to keep a connection, which would be dead once the environment was frozen.
    headers: { accept: 'application/json', connection: 'close' },
  });
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw new Error('The issuer refuses.');
}
