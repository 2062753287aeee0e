import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { auth } from '@modelcontextprotocol/client';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import { LoginClient, logInAt } from '../../support/login-client.ts';
import { selfSigned } from '../../support/self-signed.ts';

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

async function exchange(code: string, changes: Record<string, string | undefined> = {}) {
  const fields = {
    grant_type: 'authorization_code',
    code,
    code_verifier: VERIFIER,
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    ...changes,
  };
  const answer = await fetch(`${issuer.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  });
  return { status: answer.status, json: await answer.json() };
}

const codeFor = async (changes?: Record<string, string>) =>
  (await logInAt(loginUrl(changes), 'user_grace')).get('code') ?? '';

describe('a login', () => {
  test('leads to a token for the user, the client, the scope and the resource', async () => {
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

  test('leads to a token for the default audience if the request names no resource', async () => {
    const { json } = await exchange(await codeFor());

    expect(decodeJwt(Token.parse(json).access_token).aud).toBe(issuer.audience);
  });

  test('may return to another port of this machine than the registered port', async () => {
    const redirect_uri = 'http://127.0.0.1:50000/callback';

    const { status } = await exchange(await codeFor({ redirect_uri }), { redirect_uri });

    expect(status).toBe(200);
  });

  test('shows the users to choose from', async () => {
    const page = await (await fetch(loginUrl())).text();

    expect(page).toContain('value="user_ada" required');
    expect(page).toContain('<option value="user_grace">');
  });
});

test('a code can be used only once', async () => {
  const code = await codeFor();

  expect([(await exchange(code)).status, (await exchange(code)).status]).toEqual([200, 400]);
});

test('a code expires after a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const code = await codeFor();
  vi.setSystemTime(Date.now() + 61_000);

  expect(await exchange(code)).toEqual({ status: 400, json: { error: 'invalid_grant' } });
});

test.each<[string, Record<string, string>]>([
  ['another verifier', { code_verifier: 'w'.repeat(43) }],
  ['another client', { client_id: 'other' }],
  ['another redirect URI', { redirect_uri: 'http://127.0.0.1:33418/other' }],
])('a code is rejected with %s', async (_, changes) => {
  expect(await exchange(await codeFor(), changes)).toEqual({ status: 400, json: { error: 'invalid_grant' } });
});

test('a code is accepted without a redirect URI, which OAuth 2.1 no longer sends', async () => {
  expect(await exchange(await codeFor(), { redirect_uri: undefined })).toMatchObject({ status: 200 });
});

// https://www.rfc-editor.org/rfc/rfc6749#section-5.2
test.each([
  ['another grant type', { grant_type: 'refresh_token' }, 'unsupported_grant_type'],
  [
    'a grant type that needs no code',
    { grant_type: 'client_credentials', code: undefined },
    'unsupported_grant_type',
  ],
  ['no grant type', { grant_type: undefined }, 'invalid_request'],
  ['no code', { code: undefined }, 'invalid_request'],
  ['no verifier', { code_verifier: undefined }, 'invalid_request'],
])('a token request with %s is rejected with the name of its error', async (_, changes, error) => {
  expect(await exchange(await codeFor(), changes)).toEqual({ status: 400, json: { error } });
});

test.each<[string, Record<string, string>]>([
  ['a client that has not registered', { client_id: 'other' }],
  ['a redirect URI that is not registered', { redirect_uri: 'https://evil.example/callback' }],
  [
    'a redirect URI that only begins like the registered URI',
    { redirect_uri: 'http://127.0.0.1.evil.example/callback' },
  ],
  ['a request without a challenge', { code_challenge: '' }],
  ['a plain challenge', { code_challenge_method: 'plain' }],
  ['a request for a token in place of a code', { response_type: 'token' }],
])('the login page is not shown for %s', async (_, changes) => {
  const response = await fetch(loginUrl(changes));

  expect(response.status).toBe(400);
  await expect(logInAt(loginUrl(changes), 'user_ada')).rejects.toThrow('answers 400');
});

test('the token request may name a resource only if the login named this resource or no resource', async () => {
  const resource = 'https://api.example.com/mcp';
  const { json } = await exchange(await codeFor(), { resource });
  expect(decodeJwt(Token.parse(json).access_token).aud).toBe(resource);

  const other = await exchange(await codeFor({ resource }), { resource: 'https://other.example/mcp' });
  expect(other.status).toBe(400);
});

test.each([
  null,
  {},
  { redirect_uris: [] },
  { redirect_uris: ['callback'] },
  { redirect_uris: ['javascript:alert(1)'] },
  { redirect_uris: ['\u0001javascript:alert(1)'] },
])('a client cannot be registered with the metadata %j', async (metadata) => {
  expect((await register(metadata)).status).toBe(400);
});

describe('a client whose ID is the URL of its metadata', () => {
  let url: string;
  let answer: { status: number; body: unknown };
  let server: Server;
  let isEndless = false;
  let endlessBytes = 0;
  beforeAll(async () => {
    server = createServer(selfSigned('127.0.0.1'), (_request, response) => {
      if (isEndless) {
        const chunk = Buffer.alloc(64 * 1024, ' ');
        const more = () => {
          endlessBytes += chunk.length;
          if (!response.destroyed) response.write(chunk, more);
        };
        more();
        return;
      }
      response.writeHead(answer.status, { 'content-type': 'application/json', location: '/elsewhere.json' });
      response.end(JSON.stringify(answer.body));
    });
    url = `${(await listenOnLoopback(server, 0)).url.replace('http:', 'https:')}/client.json`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    // The certificate of this server is self-signed.
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    answer = { status: 200, body: { client_id: url, client_name: 'test', redirect_uris: [REDIRECT_URI] } };
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('can log in without registering', async () => {
    const { status, json } = await exchange(await codeFor({ client_id: url }), { client_id: url });

    expect(status).toBe(200);
    expect(decodeJwt(Token.parse(json).access_token)).toMatchObject({ sub: 'user_grace', client_id: url });
  });

  test.each<[string, (clientId: string) => { status: number; body: unknown }]>([
    ['has no metadata', () => ({ status: 404, body: {} })],
    ['redirects', (client_id) => ({ status: 302, body: { client_id, redirect_uris: [REDIRECT_URI] } })],
    [
      'publishes the metadata of another client',
      () => ({ status: 200, body: { client_id: 'https://other.example/c', redirect_uris: [REDIRECT_URI] } }),
    ],
    [
      'has other redirect URIs',
      (client_id) => ({ status: 200, body: { client_id, redirect_uris: ['https://other.example/'] } }),
    ],
    [
      'needs a secret',
      (client_id) => ({
        status: 200,
        body: { client_id, redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'client_secret_post' },
      }),
    ],
    ['publishes a list as its metadata', () => ({ status: 200, body: [] })],
    [
      'has a redirect URI that is a script',
      (client_id) => ({
        status: 200,
        body: { client_id, redirect_uris: [REDIRECT_URI, 'javascript:alert(1)'] },
      }),
    ],
  ])('cannot log in if it %s, even if an earlier login succeeded', async (_, changed) => {
    await codeFor({ client_id: url });
    answer = changed(url);

    expect((await fetch(loginUrl({ client_id: url }))).status).toBe(400);
  });

  test('is rejected if its metadata never ends, and the issuer stops reading', async () => {
    isEndless = true;
    try {
      expect((await fetch(loginUrl({ client_id: url }))).status).toBe(400);
    } finally {
      isEndless = false;
    }
    expect(endlessBytes).toBeLessThan(20_000_000);
  });

  // https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/, section 3
  test.each<[string, (valid: string) => string]>([
    ['another scheme', (valid) => valid.replace('https:', 'http:')],
    ['no path', (valid) => valid.replace(/client\.json$/, '')],
    ['a user name', (valid) => valid.replace('//', '//user@')],
    ['a fragment', (valid) => `${valid}#client`],
    ['an empty fragment', (valid) => `${valid}#`],
    ['dot segments', (valid) => valid.replace('client.json', 'a/../client.json')],
    ['another spelling of the scheme', (valid) => valid.replace('https:', 'HTTPS:')],
  ])('cannot have an ID with %s', async (_, changed) => {
    const client_id = changed(url);
    answer = { status: 200, body: { client_id, redirect_uris: [REDIRECT_URI] } };

    expect((await fetch(loginUrl({ client_id }))).status).toBe(400);
  });

  test('works with the official client, which uses this URL instead of registering', async () => {
    const provider = new LoginClient(url);
    await auth(provider, { serverUrl: issuer.url });
    const { loginUrl: at } = provider;

    expect(at?.searchParams.get('client_id')).toBe(url);
    if (at) expect((await logInAt(at, 'user_ada')).get('code')).toBeTruthy();
  });
});
