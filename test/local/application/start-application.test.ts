import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Application, startApplication } from '../../../local/application/start-application.ts';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { type Listener, listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import { sendRequest } from '../gateway/send-request.ts';

const ODD = `"><script>alert('1')</script>&`;
const returned = { auth_request_id: 'request-1', state: 'state-1' };

let issuer: Issuer;
let api: Listener;
let application: Application;
let received: { path: string | undefined; user: unknown; body: unknown }[];
let answer: { status: number; body: unknown };
beforeAll(async () => {
  issuer = await startIssuer();
  const server = createServer(async (request: IncomingMessage, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    received.push({ path: request.url, user: decodeJwt(token).sub, body: await json(request) });
    response.writeHead(answer.status).end(JSON.stringify(answer.body));
  });
  api = await listenOnLoopback(server, 0);
  application = await startApplication({ issuer, users: () => ['user_ada', ODD], apiUrl: () => api.url });
});
afterAll(() => Promise.all([application.close(), api.close(), issuer.close()]));
beforeEach(() => {
  received = [];
  answer = { status: 200, body: { connector: 'gmail', status: 'ACTIVE' } };
});

const get = (query: Record<string, string>, headers = {}) =>
  sendRequest(`${application.userVerifyUrl}?${new URLSearchParams(query)}`, { method: 'GET', headers });
const post = (form: Record<string, string>, headers = {}) =>
  sendRequest(application.userVerifyUrl, {
    method: 'POST',
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

describe('the page after the consent', () => {
  test('asks which user is signed in, and escapes all text', async () => {
    const { status, headers, text } = await get({ auth_request_id: ODD, state: ODD });

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      // Without a referrer policy, the browser would not send the form's origin.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(text).toContain('<option>user_ada</option>');
    expect(text).not.toContain('<script>');
    expect(text.match(/&quot;&gt;&lt;script&gt;alert\(&#39;1&#39;\)&lt;\/script&gt;&amp;/g)).toHaveLength(3);
  });

  test.each([{}, { state: 'state-1' }, { auth_request_id: '' }])(
    'returns 400 if the query is %j',
    async (query) => {
      expect((await get(query)).status).toBe(400);
    },
  );

  test.each(['/', '/connected/', '//connected', '/connect/'])(
    'exists only at its own path: %s returns 404',
    async (path) => {
      expect((await sendRequest(application.url + path, { method: 'GET' })).status).toBe(404);
    },
  );
});

describe('the form of the page after the consent', () => {
  test('makes the server verify the consent at the API, as the signed-in user', async () => {
    const { status, text } = await post({ ...returned, user: 'user_ada' }, { origin: application.url });

    expect(status).toBe(200);
    expect(text).toContain('The account of user_ada on gmail is ACTIVE.');
    expect(received).toEqual([{ path: '/accounts/verify', user: 'user_ada', body: returned }]);
  });

  test('shows the error of the API', async () => {
    answer = { status: 403, body: { error: { code: 'forbidden', message: `No. ${ODD}` } } };

    const { status, text } = await post({ ...returned, user: 'user_ada' });

    expect(status).toBe(403);
    expect(text).toContain('For user_ada: forbidden. No. &quot;');
    expect(text).not.toContain('<script>');
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a hidden origin', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a name that resolves to this machine', { host: 'evil.example', origin: 'http://evil.example' }],
  ])('is rejected if it is sent from %s', async (_, headers) => {
    expect((await post({ ...returned, user: 'user_ada' }, headers)).status).toBe(403);
    expect(received).toEqual([]);
  });

  test.each([{ ...returned }, { user: 'user_ada' }, { ...returned, user: 'x'.repeat(20_000) }])(
    'is rejected, and the API is not called, if a field is missing or too large',
    async (form) => {
      expect((await post(form)).status).toBe(400);
      expect(received).toEqual([]);
    },
  );

  test('returns 500 if the API cannot be reached', async () => {
    const application = await startApplication({
      issuer,
      users: () => [],
      apiUrl: () => 'http://127.0.0.1:1',
    });

    const form = new URLSearchParams({ ...returned, user: 'user_ada' });
    const response = await fetch(application.userVerifyUrl, { method: 'POST', body: form });
    await application.close();

    expect(response.status).toBe(500);
  });
});

describe('the page that connects an account', () => {
  const open = (query: string) => sendRequest(application.connectUrl + query, { method: 'GET' });
  const start = (form: Record<string, string>, headers = {}) =>
    sendRequest(application.connectUrl, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  test('asks which user is signed in, and escapes all text', async () => {
    const { status, text } = await open(`?${new URLSearchParams({ connector: ODD })}`);

    expect(status).toBe(200);
    expect(text).toContain('<option>user_ada</option>');
    expect(text).not.toContain('<script>');
  });

  test.each(['', '?connector='])('returns 400 if the query names no connector: %j', async (query) => {
    expect((await open(query)).status).toBe(400);
  });

  test('requests the consent link as the signed-in user, and redirects to the link', async () => {
    answer = { status: 200, body: { connector: 'gmail', authorization_url: 'https://consent.example/1' } };

    const { status, headers } = await start({ connector: 'gm/ail', user: 'user_ada' });

    expect([status, headers.location]).toEqual([303, 'https://consent.example/1']);
    expect(received).toEqual([{ path: '/accounts/gm%2Fail/authorize', user: 'user_ada', body: {} }]);
  });

  test('shows the error of the API', async () => {
    answer = { status: 404, body: { error: { code: 'not_found', message: 'There is no such connector.' } } };

    const { status, text } = await start({ connector: 'nothing', user: 'user_ada' });

    expect(status).toBe(404);
    expect(text).toContain('For user_ada: not_found. There is no such connector.');
  });

  test('rejects forms from other pages and forms without a user', async () => {
    const form = { connector: 'gmail', user: 'user_ada' };

    expect((await start(form, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await start({ connector: 'gmail' })).status).toBe(400);
    expect(received).toEqual([]);
  });
});
