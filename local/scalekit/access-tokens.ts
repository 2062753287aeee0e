import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose';

const ALGORITHM = 'RS256';
const BEARER = /^Bearer ([^\s]+)$/i;

export type Authorization = 'absent' | 'valid' | 'invalid';

export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly keyId: string;
  readonly publicJwk: JWK;
}

export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const keyId = randomUUID();
  const publicJwk = { ...(await exportJWK(publicKey)), kid: keyId, alg: ALGORITHM, use: 'sig' };
  return { privateKey, publicKey, keyId, publicJwk };
}

export interface AccessTokensOptions {
  readonly key: SigningKey;
  readonly issuer: string;
  readonly clientId: string;
  readonly lifetimeSeconds: number;
}

/** Issues and checks the access tokens with which the application calls Scalekit. */
export class AccessTokens {
  readonly lifetimeSeconds: number;
  readonly #options: AccessTokensOptions;
  readonly #liveTokenIds = new Set<string>();

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    this.lifetimeSeconds = options.lifetimeSeconds;
  }

  get jwks(): { keys: JWK[] } {
    return { keys: [this.#options.key.publicJwk] };
  }

  async issue(): Promise<string> {
    const { key, issuer, clientId, lifetimeSeconds } = this.#options;
    const tokenId = randomUUID();
    const issuedAtSeconds = Math.floor(Date.now() / 1000);
    const token = await new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, kid: key.keyId, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(clientId)
      .setIssuedAt(issuedAtSeconds)
      .setExpirationTime(issuedAtSeconds + lifetimeSeconds)
      .setJti(tokenId)
      .sign(key.privateKey);
    this.#liveTokenIds.add(tokenId);
    return token;
  }

  async check(authorizationHeader: string | null | undefined): Promise<Authorization> {
    if (!authorizationHeader) return 'absent';
    const token = BEARER.exec(authorizationHeader)?.[1];
    if (token === undefined) return 'invalid';
    const { key, issuer, clientId } = this.#options;
    try {
      const { payload } = await jwtVerify(token, key.publicKey, {
        algorithms: [ALGORITHM],
        issuer,
        subject: clientId,
        requiredClaims: ['exp', 'jti'],
      });
      return this.#liveTokenIds.has(payload.jti ?? '') ? 'valid' : 'invalid';
    } catch {
      return 'invalid';
    }
  }

  expireAll(): void {
    this.#liveTokenIds.clear();
  }
}
