import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { logInAt } from '../../support/login-client.ts';

const REDIRECT_URI = 'http://127.0.0.1:33418/callback';
const VERIFIER = 'v'.repeat(43);
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
const Client = z.object({ client_id: z.string() });
const Token = z.object({ access_token: z.string() });

let issuer: Issuer;
let clientId: string;
beforeAll(async () => {
  issuer = await startIssuer({ users: () => ['user_ada', 'user_grace'] });
  clientId = Client.parse(await (await register({ redirect_uris: [REDIRECT_URI] })).json()).client_id;
});
afterAll(() => issuer.close());
afterEach(() => {
  vi.useRealTimers();
});

function register(metadata: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${issuer.url}/register`, { method: 'POST', headers, body: JSON.stringify(metadata) });
}

function loginUrl(changes: Record<string, string> = {}): URL {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    code_challenge: challengeOf(VERIFIER),
    code_challenge_method: 'S256',
    ...changes,
  });
  return new URL(`/authorize?${query}`, issuer.url);
}

async function exchange(code: string, changes: Record<string, string> = {}) {
  const answer = await fetch(`${issuer.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: VERIFIER,
      client_id: clientId,
      redirect_uri: REDIRECT_URI,
      ...changes,
    }),
  });
  return { status: answer.status, json: await answer.json() };
}

const codeFor = async (changes?: Record<string, string>) =>
  (await logInAt(loginUrl(changes), 'user_grace')).get('code') ?? '';

describe('a login', () => {
  test('gives a token for the user, the client, the scope and the resource', async () => {
    const resource = 'http://127.0.0.1:4400/mcp';
    const returned = await logInAt(loginUrl({ resource, scope: 'tools:use', state: 's&1' }), 'user_grace');

    const { status, json } = await exchange(returned.get('code') ?? '');

    expect(returned.get('state')).toBe('s&1');
    expect(returned.get('iss')).toBe(issuer.url);
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'tools:use' });
    expect(decodeJwt(Token.parse(json).access_token)).toMatchObject({
      iss: issuer.url,
      aud: resource,
      sub: 'user_grace',
      client_id: clientId,
      scope: 'tools:use',
    });
  });

  test('without a resource is for the default audience', async () => {
    const { json } = await exchange(await codeFor());

    expect(decodeJwt(Token.parse(json).access_token).aud).toBe(issuer.audience);
  });

  test('may come back at another port of this machine', async () => {
    const redirect_uri = 'http://127.0.0.1:50000/callback';

    const { status } = await exchange(await codeFor({ redirect_uri }), { redirect_uri });

    expect(status).toBe(200);
  });

  test('offers the users', async () => {
    const page = await (await fetch(loginUrl())).text();

    expect(page).toContain('value="user_ada" required');
    expect(page).toContain('<option value="user_grace">');
  });
});

test('a code works once', async () => {
  const code = await codeFor();

  expect([(await exchange(code)).status, (await exchange(code)).status]).toEqual([200, 400]);
});

test('a code ends after a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const code = await codeFor();
  vi.setSystemTime(Date.now() + 61_000);

  expect(await exchange(code)).toEqual({ status: 400, json: { error: 'invalid_grant' } });
});

test.each<[string, Record<string, string>]>([
  ['another verifier', { code_verifier: 'w'.repeat(43) }],
  ['another client', { client_id: 'other' }],
  ['another address', { redirect_uri: 'http://127.0.0.1:33418/other' }],
  ['another grant', { grant_type: 'refresh_token' }],
])('a code is refused with %s', async (_, changes) => {
  expect(await exchange(await codeFor(), changes)).toEqual({ status: 400, json: { error: 'invalid_grant' } });
});

test.each<[string, Record<string, string>]>([
  ['a client that has not registered', { client_id: 'other' }],
  ['an address that is not registered', { redirect_uri: 'https://evil.example/callback' }],
  ['an address that only begins so', { redirect_uri: 'http://127.0.0.1.evil.example/callback' }],
  ['no challenge', { code_challenge: '' }],
  ['a plain challenge', { code_challenge_method: 'plain' }],
  ['a token in place of a code', { response_type: 'token' }],
])('the login page is refused to %s', async (_, changes) => {
  const response = await fetch(loginUrl(changes));

  expect(response.status).toBe(400);
  await expect(logInAt(loginUrl(changes), 'user_ada')).rejects.toThrow('answers 400');
});

test.each([
  null,
  {},
  { redirect_uris: [] },
  { redirect_uris: ['callback'] },
  { redirect_uris: ['javascript:alert(1)'] },
])('%j registers no client', async (metadata) => {
  expect((await register(metadata)).status).toBe(400);
});
