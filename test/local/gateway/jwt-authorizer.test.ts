import { createPublicKey } from 'node:crypto';
import { decodeProtectedHeader, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type Gateway, startGateway } from '../../../local/gateway/start-gateway.ts';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';

const handler = vi.fn(async () => ({ statusCode: 204 }));
const keysSchema = z.object({ keys: z.tuple([z.record(z.string(), z.string())]) });
const path = '/tools/echo';

let issuer: Issuer;
let gateway: Gateway;
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startGateway({
    issuer: issuer.url,
    audience: issuer.audience,
    routes: [{ method: 'POST', path, functionName: 'echo', handler }],
  });
});
beforeEach(() => handler.mockClear());
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

function call(authorization: string | undefined): Promise<Response> {
  return fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: authorization === undefined ? {} : { authorization },
  });
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function defaultClaims() {
  const iat = nowSeconds();
  return { iss: issuer.url, aud: issuer.audience, sub: 'user_ada', iat, exp: iat + 600 };
}

async function keyId(): Promise<string> {
  return decodeProtectedHeader(await issuer.sign({})).kid ?? '';
}

async function signedWithPublicKey(): Promise<string> {
  const response = await fetch(`${issuer.url}/.well-known/jwks.json`);
  const [jwk] = keysSchema.parse(await response.json()).keys;
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  return new SignJWT(defaultClaims())
    .setProtectedHeader({ alg: 'HS256', kid: await keyId() })
    .sign(Buffer.from(pem));
}

async function signedWithAnotherKey(kid: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT(defaultClaims()).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
}

describe('the authorizer with a valid token', () => {
  test.each<[string, () => Promise<string>]>([
    ['with Bearer', async () => `Bearer ${await issuer.sign({})}`],
    ['without Bearer', () => issuer.sign({})],
    ['with several audiences', () => issuer.sign({ aud: ['another', issuer.audience] })],
    ['with a client ID and no audience', () => issuer.sign({ aud: undefined, client_id: issuer.audience })],
  ])('accepts a token %s', async (_name, token) => {
    expect((await call(await token())).status).toBe(204);
    expect(handler).toHaveBeenCalledOnce();
  });
});

describe('the authorizer with an invalid token', () => {
  test.each<[string, () => Promise<string> | undefined]>([
    ['that is missing', () => undefined],
    ['that is empty', async () => 'Bearer '],
    ['that is not a JWT', async () => 'Bearer garbage'],
    ['with another scheme', async () => `Basic ${await issuer.sign({})}`],
    ['of another issuer', () => issuer.sign({}, { issuer: 'http://127.0.0.1:1' })],
    ['for another audience', () => issuer.sign({}, { audience: 'another' })],
    [
      'for another audience, with the right client ID',
      () => issuer.sign({ aud: 'x', client_id: issuer.audience }),
    ],
    ['without an audience, with another client ID', () => issuer.sign({ aud: undefined })],
    ['that is expired', () => issuer.sign({}, { expiresInSeconds: -1 })],
    ['without expiry', () => issuer.sign({ exp: undefined })],
    ['that is not valid yet', () => issuer.sign({ nbf: nowSeconds() + 600 })],
    ['that was issued in the future', () => issuer.sign({ iat: nowSeconds() + 600 })],
    ['that is signed by HS256 with the public key', signedWithPublicKey],
    ['with the algorithm none', async () => new UnsecuredJWT(defaultClaims()).encode()],
    ['that is signed with an unknown key', () => signedWithAnotherKey('unknown')],
    ['that is signed with another key under a known key ID', async () => signedWithAnotherKey(await keyId())],
    ['whose payload was changed', async () => (await issuer.sign({})).replace(/\.[^.]+\./, '.e30.')],
  ])('rejects a token %s', async (_name, token) => {
    const response = await call(await token());
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
    expect(handler).not.toHaveBeenCalled();
  });

  test('returns the reason in the header www-authenticate', async () => {
    const response = await call(await issuer.sign({}, { expiresInSeconds: -1 }));
    expect(response.headers.get('www-authenticate')).toContain('exp');
  });
});

test("the authorizer fetches the issuer's keys again after the issuer could not be reached", async () => {
  const early = await startIssuer();
  const port = Number(new URL(early.url).port);
  await early.close();
  const late = await startGateway({
    issuer: early.url,
    audience: early.audience,
    routes: [{ method: 'POST', path, functionName: 'echo', handler }],
  });
  const send = async (authorization: string) =>
    (await fetch(`${late.url}${path}`, { method: 'POST', headers: { authorization } })).status;

  expect(await send(await early.sign({}))).toBe(401);
  const restarted = await startIssuer({ port });
  expect(await send(await restarted.sign({}))).toBe(204);

  await Promise.all([late.close(), restarted.close()]);
});
