import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Recorder, startRecorder } from '../../../local/record/start-recorder.ts';
import { type Script, ScriptedProvider } from '../../../local/testing/scripted-provider.ts';

let upstream: ScriptedProvider;
let recorder: Recorder;
beforeEach(async () => {
  upstream = await ScriptedProvider.start();
  recorder = await startRecorder(upstream.url);
  return () => Promise.all([upstream.close(), recorder.close()]);
});

afterEach(() => {
  upstream.script = () => ({});
});

test('the recorder records the requests to the provider, without their headers, and the responses', async () => {
  upstream.script = () => ({
    status: 429,
    headers: {
      'retry-after': '7',
      'x-ratelimit-remaining': '0',
      'set-cookie': 'session=abc',
      'x-trace': 'def',
    },
    body: { error: 'slow down' },
  });

  const response = await fetch(`${recorder.url}/proxy/a%2Fb/c?q=x%20y&q=z`, {
    method: 'POST',
    headers: { authorization: 'Bearer of-ours', identifier: 'user_ada', 'content-type': 'application/json' },
    body: '{"text": "Hello"}',
  });

  expect(response.status).toBe(429);
  expect(response.headers.get('x-trace')).toBe('def');
  expect(await response.json()).toEqual({ error: 'slow down' });
  expect(recorder.exchanges()).toMatchObject([
    {
      request: {
        method: 'POST',
        path: '/a%2Fb/c',
        query: [
          ['q', 'x y'],
          ['q', 'z'],
        ],
        body: { json: { text: 'Hello' } },
      },
      answer: {
        status: 429,
        headers: { 'retry-after': '7', 'x-ratelimit-remaining': '0' },
        body: { json: { error: 'slow down' } },
      },
    },
  ]);
  expect(upstream.requests[0]).toMatchObject({
    method: 'POST',
    url: '/proxy/a%2Fb/c?q=x%20y&q=z',
    headers: { authorization: 'Bearer of-ours', identifier: 'user_ada', host: new URL(upstream.url).host },
    body: '{"text": "Hello"}',
  });
});

test('the recorder forwards a path unchanged', async () => {
  await text(await get('/proxy/a/../b/./%2e%2e/c'));

  expect(upstream.requests[0]?.url).toBe('/proxy/a/../b/./%2e%2e/c');
});

test.each(['/oauth/token', '/api/v1/connected_accounts/details?identifier=user_ada', '/proxying', '/keys'])(
  'the recorder forwards %s without recording it',
  async (path) => {
    upstream.script = () => ({ body: { access_token: 'of-ours' } });

    const response = await fetch(recorder.url + path, { method: 'POST', body: 'client_secret=x' });

    expect(await response.json()).toEqual({ access_token: 'of-ours' });
    expect(upstream.requests[0]).toMatchObject({ url: path, body: 'client_secret=x' });
    expect(recorder.exchanges()).toEqual([]);
  },
);

test('the recorder records forms, text and empty bodies each in its own format', async () => {
  upstream.script = ({ url }) => (url?.endsWith('none') ? { status: 204, body: '' } : { body: 'plain' });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  await fetch(`${recorder.url}/proxy/form`, { method: 'POST', headers: form, body: 'a=1&a=2&b=%20' });
  await fetch(`${recorder.url}/proxy/none`);

  expect(recorder.exchanges().map((exchange) => [exchange.request.body, exchange.answer.body])).toEqual([
    [
      {
        form: [
          ['a', '1'],
          ['a', '2'],
          ['b', ' '],
        ],
      },
      { text: 'plain' },
    ],
    [null, null],
  ]);
});

describe('no recording is made', () => {
  const scripts: [string, string, Script][] = [
    ['a lost response', 'lost', () => 'reset'],
    [
      'a compressed response',
      'compressed',
      () => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync('{}') }),
    ],
    ['a response that is not UTF-8', 'not UTF-8', () => ({ body: Buffer.from([0xff, 0xfe, 0x00]) })],
  ];

  test.each(scripts)('if a response cannot be read: %s', async (_, kind, script) => {
    upstream.script = script;

    await fetch(`${recorder.url}/proxy/a`)
      .then((response) => response.arrayBuffer())
      .catch(() => undefined);

    expect(() => recorder.exchanges()).toThrow(
      `Response 1 of the provider is ${kind}. No fixture was written.`,
    );
  });
});

test('the recorder requests uncompressed responses from Scalekit', async () => {
  await fetch(`${recorder.url}/proxy/a`, { headers: { 'accept-encoding': 'gzip' } });

  expect(upstream.requests[0]?.headers['accept-encoding']).toBe('identity');
});

/** Sends a GET request. Unlike `fetch`, it does not normalise the path. */
function get(path: string) {
  const { hostname, port } = new URL(recorder.url);
  return new Promise<AsyncIterable<Uint8Array> & NodeJS.ReadableStream>((resolve, reject) => {
    request({ hostname, port, path }, resolve).on('error', reject).end();
  });
}
