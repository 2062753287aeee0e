import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import { ToolError } from '../errors/tool-error.ts';
import { ACCEPTED_ENCODINGS } from '../http-client/decode-body.ts';
import { HttpClient } from '../http-client/http-client.ts';
import { isSecureUrl } from '../http-client/secure-url.ts';
import { parseJson } from '../text/json.ts';
import { Deadline } from '../time/deadline.ts';
import { SharedRequest } from '../time/shared-request.ts';

// Some issuers, such as GitHub, reject requests without this header.
const USER_AGENT = 'scalekit-lambda-tools';

const FETCH_MAX_MS = 3_000;
// We read the keys again after this time. If the issuer withdraws a key, we trust the key until then.
const LIFETIME_MS = 10 * 60_000;
// The minimum time between two reads. Without it, tokens with invented key IDs would cause many requests to the
// issuer.
const COOLDOWN_MS = 30_000;

// These schemas are created on first use, because most functions run behind an authorizer and never read keys.
const Discovery = lazily(() => z.object({ issuer: z.string(), jwks_uri: z.string().refine(isSecureUrl) }));
const KeySet = lazily(() => z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }));

interface FetchedKeys {
  find: JWTVerifyGetKey;
  atMs: number;
}

/** The keys that an issuer uses to sign its tokens. They are found by OpenID Connect discovery. */
export class IssuerKeys {
  readonly #issuer: string;
  readonly #request = new SharedRequest((signal) => this.#fetch(signal));
  #fetched: FetchedKeys | undefined;

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  /**
   * Finds the key that a token names. Issuers rotate keys, so an unknown key makes this method read the issuer's keys
   * again.
   * @throws ToolError `dependency_unavailable` if the keys cannot be read before the signal aborts, or
   * `not_configured` if the issuer's metadata names another issuer
   * @throws an error of jose if the issuer has no such key
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
      if (cause instanceof ToolError) throw cause;
      throw new ToolError('dependency_unavailable', {
        message: 'The keys of the token issuer cannot be read; nothing was sent. Repeat the call later.',
        cause,
      });
    }
  }

  async #fetch(signal: AbortSignal): Promise<FetchedKeys> {
    // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
    const address = `${this.#issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const deadline = Deadline.within(signal, FETCH_MAX_MS);
    try {
      const discovery = Discovery().parse(await readJson(address, deadline));
      if (discovery.issuer !== this.#issuer) throw otherIssuer();
      const keySet = KeySet().parse(await readJson(discovery.jwks_uri, deadline));
      this.#fetched = { find: createLocalJWKSet(keySet), atMs: Date.now() };
      return this.#fetched;
    } finally {
      deadline.end();
    }
  }
}

/**
 * The error for an OIDC_ISSUER that differs from the issuer's own URL. The `iss` of every token must equal the setting
 * exactly. Without this error, we would reject every token, and nobody would see the reason.
 */
function otherIssuer(): ToolError {
  return new ToolError('not_configured', {
    message:
      "OIDC_ISSUER differs from the issuer's metadata. Ask the operator to set it to the value of issuer at its /.well-known/openid-configuration, with or without a slash at the end as it is there.",
  });
}

async function readJson(url: string, { signal, leftMs: timeoutMs }: Deadline): Promise<unknown> {
  const { pathname, search } = new URL(url);
  const { status, body } = await new HttpClient(url).send(
    {
      method: 'GET',
      path: pathname + search,
      headers: {
        accept: 'application/json',
        'accept-encoding': ACCEPTED_ENCODINGS,
        'user-agent': USER_AGENT,
        // We read keys so rarely that the server would close a kept-alive connection while the environment is frozen.
        connection: 'close',
      },
    },
    { signal, timeoutMs },
  );
  if (status !== 200) throw new Error(`The issuer answers ${status}.`);
  return parseJson(body);
}
