import { get } from 'node:http';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

function statusFor(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${issuer.url}/token?sub=user_ada`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

describe('the endpoint /token', () => {
  test.each(['GET', 'POST'])(
    'returns a token to a %s request, and the published keys verify the token',
    async (method) => {
      const response = await fetch(`${issuer.url}/token?sub=user_ada`, { method });
      const keySet = createRemoteJWKSet(new URL(`${issuer.url}/.well-known/jwks.json`));
      const { payload } = await jwtVerify(await response.text(), keySet, {
        issuer: issuer.url,
        audience: 'scalekit-lambda-tools',
      });
      expect(payload).toEqual({
        iss: issuer.url,
        aud: 'scalekit-lambda-tools',
        sub: 'user_ada',
        client_id: 'local-cli',
        iat: expect.any(Number),
        exp: (payload.iat ?? 0) + 3600,
      });
    },
  );

  test('reads further claims from the query', async () => {
    const query = new URLSearchParams({
      sub: 'user_grace',
      scope: 'tools:read tools:write',
      org_id: 'org_harbor',
      client_id: 'another-client',
      expires_in_seconds: '60',
    });
    const claims = decodeJwt(await (await fetch(`${issuer.url}/token?${query}`)).text());
    expect(claims).toMatchObject({
      sub: 'user_grace',
      scope: 'tools:read tools:write',
      org_id: 'org_harbor',
      client_id: 'another-client',
      exp: (claims.iat ?? 0) + 60,
    });
  });

  test.each([
    ['', 'sub'],
    ['sub=', 'sub'],
    ['sub=user_ada&expires_in_seconds=soon', 'expires_in_seconds'],
    ['sub=user_ada&scopes=a', 'scopes'],
  ])('rejects the query "%s" and names the parameter %s', async (query, name) => {
    const response = await fetch(`${issuer.url}/token?${query}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(name);
  });
});

describe('requests that a web page could send', () => {
  test.each<[string, Record<string, string>, number]>([
    ['are rejected with an origin', { origin: 'http://evil.example' }, 403],
    ['are rejected with the name of another host', { host: 'evil.example' }, 403],
    ['are rejected with another port', { host: '127.0.0.1:1' }, 403],
    ['are accepted without an origin and with the right host', {}, 200],
  ])('%s', async (_name, headers, status) => {
    expect(await statusFor(headers)).toBe(status);
  });

  test('are accepted if their host is localhost', async () => {
    expect(await statusFor({ host: `localhost:${new URL(issuer.url).port}` })).toBe(200);
  });
});

test('the discovery document contains the URL of the keys', async () => {
  const response = await fetch(`${issuer.url}/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({
    issuer: issuer.url,
    jwks_uri: `${issuer.url}/.well-known/jwks.json`,
  });
});

test('sign can set another issuer, audience and lifetime, and leaves out claims that are undefined', async () => {
  const token = await issuer.sign(
    { aud: undefined, client_id: 'a-client' },
    { issuer: 'http://other.example', audience: 'other', expiresInSeconds: -60 },
  );
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({ iss: 'http://other.example', client_id: 'a-client' });
  expect(claims.exp).toBe((claims.iat ?? 0) - 60);
  expect(claims).not.toHaveProperty('aud');
});

test('startIssuer throws the error of the operating system if the port is in use', async () => {
  await expect(startIssuer({ port: Number(new URL(issuer.url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
