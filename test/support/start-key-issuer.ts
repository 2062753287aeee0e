import { createServer } from 'node:http';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  SignJWT,
} from 'jose';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

export interface SigningKey {
  alg: string;
  kid: string;
  privateKey: CryptoKey;
  /** The public key that the issuer publishes. */
  jwk: JWK;
  pem: string;
}

export async function signingKey(alg: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { alg, kid, privateKey, jwk: { ...jwk, kid, alg, use: 'sig' }, pem: await exportSPKI(publicKey) };
}

/** Starts an issuer of tokens. The test sets the issuer's keys, documents and failures. */
export async function startKeyIssuer(...keys: SigningKey[]) {
  const received: { path: string; connection: string | undefined }[] = [];
  const documents = new Map<string, unknown>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    received.push({ path, connection: request.headers.connection });
    const document = documents.get(path);
    if (typeof document === 'function') return document(response);
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document));
  });
  const { url, close } = await listenOnLoopback(server, 0);

  const issuer = {
    url,
    close,
    audience: 'scalekit-lambda-tools',
    received,
    /** The documents by path. If the value is a function, the function responds to the request. */
    documents,
    publish(...published: SigningKey[]) {
      documents.set('/keys', { keys: published.map(({ jwk }) => jwk) });
    },
    /** Signs a token. Leaves out claims and header fields that are `undefined`. */
    sign(claims: Record<string, unknown>, key = keys[0], header: Record<string, unknown> = {}) {
      if (!key) throw new Error('The issuer has no key.');
      const nowSeconds = Math.floor(Date.now() / 1_000);
      return new SignJWT({
        iss: url,
        aud: issuer.audience,
        sub: 'user_ada',
        exp: nowSeconds + 3_600,
        ...claims,
      })
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header })
        .sign(key.privateKey);
    },
  };
  documents.set('/.well-known/openid-configuration', { issuer: url, jwks_uri: `${url}/keys` });
  issuer.publish(...keys);
  return issuer;
}
