import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import type { FaultInput } from '../../../local/scalekit/fault-schema.ts';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { ScriptedProvider } from '../../../local/testing/scripted-provider.ts';
import { createSeed, fetchAccessToken } from './emulator-fixture.ts';
import { type PlainRequest, sendPlainly } from './plain-client.ts';

let provider: ScriptedProvider;
let emulator: ScalekitEmulator;
let token: string;
beforeEach(async () => {
  provider = await ScriptedProvider.start();
  provider.script = () => ({ body: { ok: true } });
  emulator = await startScalekitEmulator({ seed: createSeed(provider.url) });
  token = await fetchAccessToken(emulator);
});
afterEach(async () => {
  await emulator.close();
  await provider.close();
});

const ROUTINE = { status: 200, body: '{"ok":true}' };
const LOST = { body: '', failure: 'ECONNRESET' };

function send(path: string, { headers, ...options }: PlainRequest = {}) {
  const authorization = `Bearer ${token}`;
  return sendPlainly(emulator.url + path, { ...options, headers: { authorization, ...headers } });
}

function proxied(path = '/x', { headers, ...options }: PlainRequest = {}) {
  const alice = { connection_name: 'slack-main', identifier: 'alice' };
  return send(`/proxy${path}`, { ...options, headers: { ...alice, ...headers } });
}

const postToken = () =>
  send('/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=client_credentials&client_id=${emulator.clientId}&client_secret=${emulator.clientSecret}`,
  });
const readDetails = (options?: PlainRequest) =>
  send('/api/v1/connected_accounts/details?connector=slack-main&identifier=alice', options);

describe('the fault `answer`', () => {
  test.each<[string, NonNullable<FaultInput['answer']>, object]>([
    ['only a status', { status: 503 }, { status: 503, body: '' }],
    [
      'JSON',
      { status: 429, headers: { 'retry-after': '7' }, body: { error: 'slow down' } },
      {
        status: 429,
        headers: { 'retry-after': '7', 'content-type': 'application/json' },
        body: '{"error":"slow down"}',
      },
    ],
    ['JSON that is not an object', { status: 200, body: null }, { status: 200, body: 'null' }],
    [
      'JSON with another content type',
      { status: 200, headers: { 'Content-Type': 'application/problem+json' }, body: {} },
      { headers: { 'content-type': 'application/problem+json' }, body: '{}' },
    ],
    ['text', { status: 200, body: '{"cut' }, { status: 200, body: '{"cut' }],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://elsewhere.example/' } },
      { status: 302, headers: { location: 'https://elsewhere.example/' } },
    ],
    [
      'a repeated header',
      { status: 200, headers: { 'set-cookie': ['a=1', 'b=2'] } },
      { headers: { 'set-cookie': ['a=1', 'b=2'] } },
    ],
  ])('replaces the normal response: %s', async (_name, answer, expected) => {
    emulator.addFault({ answer });

    const outcomes = [await proxied('/x', { method: 'POST', body: 'a body' }), await postToken()];

    expect(outcomes).toMatchObject([expected, expected]);
    expect(outcomes.map(({ failure }) => failure)).toEqual([undefined, undefined]);
    expect(provider.requests).toEqual([]);
  });
});

describe('the fault `drop`', () => {
  test.each<[NonNullable<FaultInput['drop']>, object, number]>([
    ['before-read', LOST, 0],
    ['after-read', LOST, 0],
    ['after-provider', LOST, 1],
    ['during-answer', { status: 200, body: '{"ok"', failure: 'ECONNRESET' }, 1],
  ])(
    "ends the caller's request, and the provider gets only the expected requests: %s",
    async (drop, expected, received) => {
      emulator.addFault({ drop, times: 1 });

      const outcome = await proxied('/x?y=1', { method: 'POST', body: 'a body' });
      const next = await proxied();

      expect(outcome).toEqual(expect.objectContaining(expected));
      expect(next).toMatchObject(ROUTINE);
      const sent = provider.requests.filter(({ method }) => method === 'POST');
      expect(sent.map(({ url, body }) => [url, body])).toEqual(Array(received).fill(['/x?y=1', 'a body']));
    },
  );

  test.each<[NonNullable<FaultInput['drop']>, object]>([
    ['before-read', LOST],
    ['after-read', LOST],
    [
      'during-answer',
      { status: 200, body: expect.stringMatching(/^{"access_token":/), failure: 'ECONNRESET' },
    ],
  ])('affects the token endpoint: %s', async (drop, expected) => {
    emulator.addFault({ path: '/oauth/token', drop });

    expect(await postToken()).toEqual(expect.objectContaining(expected));
  });

  test('after-read lets the emulator read the whole body, and before-read does not', async () => {
    const { port, host } = new URL(emulator.url);
    const head = `POST /oauth/token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\n\r\nab`;
    async function open(drop: FaultInput['drop']) {
      emulator.addFault({ drop, times: 1 });
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      socket.write(head);
      await Promise.race([once(socket, 'close'), sleep(100)]);
      return socket;
    }

    const early = await open('before-read');
    const late = await open('after-read');

    expect([early.closed, late.closed]).toEqual([true, false]);
    late.write('cd');
    await once(late, 'close');
    expect(late.bytesRead).toBe(0);
  });

  test('during-answer sends the unchanged head and half of the body, whatever the size of the body', async () => {
    provider.script = () => ({
      status: 201,
      headers: { 'content-length': '1000000', 'set-cookie': ['a=1', 'b=2'] },
      body: 'x'.repeat(1_000_000),
    });
    emulator.addFault({ drop: 'during-answer' });

    const outcome = await proxied();

    expect(outcome).toMatchObject({
      status: 201,
      headers: { 'content-length': '1000000', 'set-cookie': ['a=1', 'b=2'] },
      failure: 'ECONNRESET',
    });
    expect(outcome.body).toHaveLength(500_000);
  });

  test.each([
    ['HEAD', 200],
    ['DELETE', 204],
  ])('during-answer sends only the head if there is no body (%s, %i)', async (method, status) => {
    provider.script = () => ({ status, body: '' });
    emulator.addFault({ drop: 'during-answer' });

    expect(await proxied('/x', { method })).toMatchObject({ status, body: '' });
  });

  test.each<NonNullable<FaultInput['drop']>>(['after-provider', 'during-answer'])(
    'works even if the provider drops the connection first: %s',
    async (drop) => {
      provider.script = () => ({ headers: { 'content-length': '100' }, body: 'too short' });
      emulator.addFault({ drop });
      const outcome = proxied();
      while (provider.requests.length === 0) await sleep(5);
      await sleep(50);
      await provider.close();

      expect(await outcome).toEqual(LOST);
    },
  );

  test('after-provider aborts the request to the provider if the caller disconnects first', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const slow = await listenOnLoopback(
      createServer((_request, response) => arrived.resolve(response)),
      0,
    );
    const other = await startScalekitEmulator({ seed: createSeed(slow.url) });
    other.addFault({ connection: '*', drop: 'after-provider' });
    const caller = new AbortController();
    const headers = {
      authorization: `Bearer ${await fetchAccessToken(other)}`,
      connection_name: 'slack-main',
      identifier: 'alice',
    };

    const outcome = sendPlainly(`${other.url}/proxy/x`, { headers, signal: caller.signal });
    const closed = once(await arrived.promise, 'close');
    caller.abort();

    await closed;
    expect((await outcome).failure).toBe('ABORT_ERR');
    await Promise.all([other.close(), slow.close()]);
  });

  test('during-answer cuts responses that Scalekit creates without a provider', async () => {
    emulator.addFault({ drop: 'during-answer' });

    const outcome = await proxied('/x', { headers: { identifier: 'nobody' } });

    expect(outcome).toMatchObject({ status: 404, failure: 'ECONNRESET' });
    expect(provider.requests).toEqual([]);
  });
});

describe('the fault `hang`', () => {
  test('sends no response, and drops the connection when the emulator is closed', async () => {
    emulator.addFault({ hang: true });
    const outcome = proxied('/x', { method: 'POST', body: 'a body' });

    const first = await Promise.race([outcome, sleep(150, 'nothing')]);
    await emulator.close();

    expect(first).toBe('nothing');
    expect(await outcome).toEqual(LOST);
    expect(provider.requests).toEqual([]);
  });

  test('ends when the caller disconnects', async () => {
    emulator.addFault({ hang: true, times: 1 });

    const outcome = await proxied('/x', { signal: AbortSignal.timeout(50) });

    expect(outcome.failure).toBe('ABORT_ERR');
    expect(await proxied()).toMatchObject(ROUTINE);
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, undefined, 200]);
  });
});

describe('the fault `latencyMs`', () => {
  async function timed<Value>(promise: Promise<Value>) {
    const startedAtMs = performance.now();
    const value = await promise;
    return { value, durationMs: performance.now() - startedAtMs };
  }

  test('delays the normal response and does not change it', async () => {
    emulator.addFault({ latencyMs: 150, times: 1 });

    const slow = timed(proxied());
    await sleep(50);
    const receivedEarly = provider.requests.length;
    const { value, durationMs } = await slow;

    expect(value).toMatchObject(ROUTINE);
    expect(durationMs).toBeGreaterThanOrEqual(145);
    expect(receivedEarly).toBe(0);
    expect((await timed(proxied())).durationMs).toBeLessThan(145);
  });

  test('adds up if several faults have a latency, and comes before the other effect of the same fault', async () => {
    const ids = [
      emulator.addFault({ latencyMs: 60 }),
      emulator.addFault({ path: '/other', latencyMs: 5_000 }),
      emulator.addFault({ latencyMs: 60 }),
      emulator.addFault({ latencyMs: 60, answer: { status: 503 } }),
    ];
    emulator.addFault({ latencyMs: 5_000 });
    emulator.addFault({ answer: { status: 504 } });

    const { value, durationMs } = await timed(proxied());

    expect(value.status).toBe(503);
    expect(durationMs).toBeGreaterThanOrEqual(175);
    expect(durationMs).toBeLessThan(5_000);
    expect(emulator.requests.at(-1)).toMatchObject({ status: 503, faults: [ids[0], ids[2], ids[3]] });
  });

  test('ends when the caller disconnects, and the request is not served', async () => {
    emulator.addFault({ latencyMs: 1_000 });

    const outcomes = await Promise.all([
      proxied('/x', { signal: AbortSignal.timeout(40) }),
      readDetails({ signal: AbortSignal.timeout(40) }),
    ]);
    await sleep(1_200);

    expect(outcomes.map(({ failure }) => failure)).toEqual(['ABORT_ERR', 'ABORT_ERR']);
    expect(provider.requests).toEqual([]);
    expect(emulator.requests.flatMap(({ rpc }) => rpc ?? [])).toEqual([]);
  });
});

describe('a fault with an expired token', () => {
  test('of the application makes Scalekit return the error for an invalid token', async () => {
    emulator.addFault({ token: 'expired', times: 2 });

    const issued = await postToken();
    const refused = [await proxied(), await readDetails()];
    const next = [await proxied(), await readDetails()];

    expect(issued.status).toBe(200);
    const message = 'the access token is missing, invalid or expired';
    expect(refused.map(({ status, body }) => [status, JSON.parse(body)])).toEqual(
      Array(2).fill([401, { code: 16, message, details: [] }]),
    );
    expect(next.map(({ status }) => status)).toEqual([200, 200]);
    expect(provider.requests).toHaveLength(1);
    expect(emulator.requests.map(({ authorization }) => authorization).slice(2)).toEqual([
      'invalid',
      'invalid',
      'valid',
      'valid',
    ]);
  });

  test('of the user makes Scalekit send an unknown token to the provider, which rejects the token', async () => {
    provider.script = ({ headers }) =>
      headers.authorization === 'Bearer slack-token-alice' ? { body: { ok: true } } : { status: 401 };
    emulator.addFault({ accountToken: 'expired', times: 1 });

    const details = await readDetails();
    const refused = await proxied();
    const next = await proxied();

    expect([details.status, refused.status, next.status]).toEqual([200, 401, 200]);
    expect(provider.requests).toHaveLength(2);
    expect(emulator.getAccount('slack-main', 'alice')?.status).toBe('ACTIVE');
  });

  test('of the user has no effect on a user without a token', async () => {
    emulator.addFault({ accountToken: 'expired' });

    expect((await proxied('/x', { headers: { identifier: 'expired' } })).status).toBe(403);
    expect(provider.requests).toEqual([]);
  });
});

describe('a fault', () => {
  const gone = { answer: { status: 410 } };

  test.each<[string, FaultInput, number[]]>([
    ['affects everything if it has no conditions', {}, [410, 410, 410, 410, 410]],
    ['affects only the given connection', { connection: 'slack-main' }, [410, 410, 200, 200, 200]],
    [
      'affects only the connections whose names match the given wildcard',
      { connection: '*-main' },
      [410, 410, 410, 200, 200],
    ],
    ['affects only the given method', { method: 'POST' }, [200, 410, 200, 410, 200]],
    ['affects only the given path of the provider', { path: '/things/1' }, [410, 200, 200, 200, 200]],
    ['does not affect paths below the given path', { path: '/things' }, [200, 410, 410, 200, 200]],
    [
      'affects nothing if the given path is only the end of a path, without a wildcard',
      { path: '/1' },
      [200, 200, 200, 200, 200],
    ],
    [
      'affects all paths that begin with the text before the wildcard',
      { path: '/things*' },
      [410, 410, 410, 200, 200],
    ],
    [
      'affects all paths that end with the text after the wildcard',
      { path: '*/1' },
      [410, 200, 200, 200, 200],
    ],
    [
      'affects the paths that match several wildcards',
      { path: '/*/connected_*/d*' },
      [200, 200, 200, 200, 410],
    ],
    ['affects the given path of Scalekit', { path: '/oauth/token' }, [200, 200, 200, 410, 200]],
    [
      'affects nothing if the given path has /proxy, because the paths of providers have no /proxy',
      { path: '/proxy/*' },
      [200, 200, 200, 200, 200],
    ],
    [
      'affects nothing if the given path has a dot in place of another character',
      { path: '/things.1' },
      [200, 200, 200, 200, 200],
    ],
    [
      'affects nothing if only some conditions match',
      { connection: 'slack-main', method: 'POST', path: '/things/1' },
      [200, 200, 200, 200, 200],
    ],
    [
      'affects requests if all conditions match',
      { connection: 'slack-main', method: 'POST', path: '/things' },
      [200, 410, 200, 200, 200],
    ],
  ])('%s', async (_name, match, statuses) => {
    emulator.addFault({ ...match, ...gone });

    const outcomes = [
      await proxied('/things/1?page=/oauth/token'),
      await proxied('/things', { method: 'POST', body: '{}' }),
      await proxied('/things', { headers: { connection_name: 'crm-main' } }),
      await postToken(),
      await readDetails(),
    ];

    expect(outcomes.map(({ status }) => status)).toEqual(statuses);
  });

  test('affects requests without a path if the given path is the root', async () => {
    emulator.addFault({ path: '/', ...gone });

    expect((await proxied('?only=query')).status).toBe(410);
  });

  test.each<[string, FaultInput]>([
    ['accountToken', { accountToken: 'expired', path: '*token' }],
    ['after-provider', { drop: 'after-provider', path: '*token' }],
    ['token', { token: 'expired', path: '*token' }],
  ])('counts only the requests that it can affect: %s', async (_name, fault) => {
    const id = emulator.addFault({ ...fault, times: 1 });

    await postToken();
    const unstruck = emulator.requests.at(-1);
    await proxied('/token');

    expect(unstruck).toMatchObject({ kind: 'token', status: 200 });
    expect(unstruck).not.toHaveProperty('faults');
    expect(emulator.requests.at(-1)).toMatchObject({ kind: 'proxy', faults: [id] });
  });

  test('affects at most as many requests as its limit, and an earlier fault acts before a later fault', async () => {
    emulator.addFault({ times: 2, answer: { status: 500 } });
    emulator.addFault({ times: 1, answer: { status: 501 } });
    emulator.addFault({ connection: 'slack-main', answer: { status: 502 } });

    const statuses: unknown[] = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await proxied()).status);
    emulator.clearFaults();

    expect(statuses).toEqual([500, 500, 501, 502, 502, 502]);
    expect(await proxied()).toMatchObject(ROUTINE);
  });

  test('affects only one of several concurrent requests if its limit is one', async () => {
    emulator.addFault({ times: 1, latencyMs: 30, answer: { status: 503 } });

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => proxied()));

    expect(outcomes.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 503]);
    expect(provider.requests).toHaveLength(7);
  });

  test('is rejected if it is malformed', () => {
    const headers = { 'retry after': '7' };

    expect(() => emulator.addFault({ answer: { status: 429, headers } })).toThrow('retry after');
  });
});
