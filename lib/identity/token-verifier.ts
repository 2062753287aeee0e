import { type JWTPayload, jwtVerify } from 'jose';
import { ToolError } from '../errors/tool-error.ts';
import { IssuerKeys } from './issuer-keys.ts';

// Clocks differ by seconds, so a token may arrive before its `nbf` time on this machine.
const CLOCK_TOLERANCE_SECONDS = 5;
// The public-key algorithms that issuers use. Shared secrets and unsigned tokens are never accepted.
const ALGORITHMS = ['RS256', 'ES256'];

/** Verifies the tokens of one issuer for a set of audiences. */
export class TokenVerifier {
  readonly #issuer: string;
  readonly #audiences: ReadonlySet<unknown>;
  readonly #keys: IssuerKeys;

  constructor({ issuer, audiences }: { issuer: string; audiences: readonly string[] }) {
    this.#issuer = issuer;
    this.#audiences = new Set(audiences);
    this.#keys = new IssuerKeys(issuer);
  }

  /**
   * @param token a signed JWT
   * @returns the token's claims
   * @throws ToolError `unauthenticated` if the token is not valid
   * @throws ToolError `dependency_unavailable` if the issuer's keys cannot be read before the signal aborts
   * @throws ToolError `not_configured` if OIDC_ISSUER is not the issuer that its metadata names
   */
  async verify(token: string, signal: AbortSignal): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(
        token,
        (header, jws) => {
          if (header.kid === undefined) throw new Error('The token names no key.');
          return this.#keys.find(signal, header, jws);
        },
        {
          algorithms: ALGORITHMS,
          issuer: this.#issuer,
          requiredClaims: ['exp'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
        },
      );
      this.#assertAudience(payload);
      return payload;
    } catch (cause) {
      if (cause instanceof ToolError) throw cause;
      throw new ToolError('unauthenticated', {
        message:
          'The token is not valid: it has expired, or it is from another issuer or for another audience. Send a valid token of a user.',
        cause,
      });
    }
  }

  /**
   * Checks the audience of a token, or the client ID if the token has no audience. Some issuers, such as Cognito,
   * write no audience into access tokens.
   */
  #assertAudience(claims: JWTPayload): void {
    const audiences = 'aud' in claims ? [claims.aud].flat() : [claims.client_id];
    if (!audiences.some((audience) => this.#audiences.has(audience)))
      throw new Error('The token is for another audience.');
  }
}
