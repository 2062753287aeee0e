import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

export type Authorization = { claims: JWTPayload } | { refusal: string };

/** Makes the same checks as the JWT authorizer of an HTTP API. */
export function createJwtAuthorizer(options: { issuer: string; audiences: readonly string[] }) {
  let keySet: ReturnType<typeof createRemoteJWKSet> | undefined;

  async function issuerKeySet() {
    if (keySet === undefined) {
      const response = await fetch(`${options.issuer}/.well-known/openid-configuration`);
      const discovery = Discovery.parse(await response.json());
      keySet = createRemoteJWKSet(new URL(discovery.jwks_uri));
    }
    return keySet;
  }

  async function verify(token: string): Promise<JWTPayload> {
    const { payload, protectedHeader } = await jwtVerify(token, await issuerKeySet(), {
      algorithms: ['RS256'],
      issuer: options.issuer,
      requiredClaims: ['exp'],
    });
    if (protectedHeader.kid === undefined) throw new Error('the token has no key ID');
    if (payload.iat !== undefined && payload.iat > Date.now() / 1000)
      throw new Error('the token is issued in the future');
    // Access tokens of some issuers, for example Cognito, have a client ID but no audience.
    const audiences = [payload.aud ?? payload.client_id].flat().map(String);
    if (!audiences.some((audience) => options.audiences.includes(audience)))
      throw new Error('the token has another audience');
    return payload;
  }

  return async function authorize(header: string | undefined): Promise<Authorization> {
    const token = header?.replace(/^Bearer\s+/i, '').trim();
    if (!token) return { refusal: 'no token' };
    try {
      return { claims: await verify(token) };
    } catch (error) {
      return { refusal: error instanceof Error ? error.message : 'invalid token' };
    }
  };
}
