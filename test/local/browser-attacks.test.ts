import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { listeningPorts } from '../support/listening-ports.ts';
import { startNpmStart } from '../support/npm-start.ts';
import { anyList } from '../support/project-tools.ts';

const PROJECT = join(import.meta.dirname, '../..');
const EVIL = 'https://evil.example';
const INVOCATIONS = `/2015-03-31/functions/${anyList().name}/invocations`;
const OFFSETS = { gateway: 0, scalekit: 1, issuer: 2, lambda: 3, dynamoDb: 4, application: 5 };
const Refusal = z.strictObject({ message: z.string().regex(/^[A-Z].*\.$/) });

interface Attack {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
}

let stack: Awaited<ReturnType<typeof startNpmStart>>;
let ports: number[];
beforeAll(async () => {
  stack = await startNpmStart(PROJECT);
  ports = await listeningPorts(stack.pid);
  return () => stack.stop();
}, 90_000);

function send(port: number, { method = 'GET', path = '/', headers = {}, body = '' }: Attack) {
  return new Promise<{ status: number | undefined; headers: object; body: string }>((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', agent: false, method, path, headers }, (response) => {
      text(response).then(
        (answered) => resolve({ status: response.statusCode, headers: response.headers, body: answered }),
        reject,
      );
    });
    sent.on('error', reject).end(body);
  });
}

/** The headers that a browser adds to a request from a page of another website. */
const crossSite = (mode: string, destination: string) => ({
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': mode,
  'sec-fetch-dest': destination,
});
const form = { 'content-type': 'text/plain' };
const simplePost = { method: 'POST', path: INVOCATIONS, body: '{}' };

const ATTACKS: [name: string, attack: (port: number) => Attack][] = [
  [
    'a POST of text/plain from another site',
    () => ({ ...simplePost, headers: { ...form, origin: EVIL, ...crossSite('no-cors', 'empty') } }),
  ],
  [
    'a POST from another site without fetch metadata',
    () => ({ ...simplePost, headers: { ...form, origin: EVIL } }),
  ],
  [
    'a POST from another site without an origin',
    () => ({ ...simplePost, headers: { ...form, ...crossSite('no-cors', 'empty') } }),
  ],
  ['a POST from a sandboxed frame', () => ({ ...simplePost, headers: { ...form, origin: 'null' } })],
  [
    'a page at another port',
    (port) => ({ ...simplePost, headers: { ...form, origin: `http://127.0.0.1:${port + 1}` } }),
  ],
  [
    'a page at the same port with another host name',
    (port) => ({ ...simplePost, headers: { ...form, origin: `http://localhost:${port}` } }),
  ],
  [
    'two origins',
    (port) => ({ ...simplePost, headers: { ...form, origin: [`http://127.0.0.1:${port}`, EVIL] } }),
  ],
  ['a name that resolves to this machine', (port) => ({ headers: { host: `evil.example:${port}` } })],
  [
    'a host name that only starts like localhost',
    (port) => ({ headers: { host: `localhost.evil.example:${port}` } }),
  ],
  ['a host name that only ends like localhost', (port) => ({ headers: { host: `evil.localhost:${port}` } })],
  ['a host with a user name', (port) => ({ headers: { host: `evil.example@127.0.0.1:${port}` } })],
  ['the fully qualified name of this machine', (port) => ({ headers: { host: `localhost.:${port}` } })],
  ['the host 0.0.0.0', (port) => ({ headers: { host: `0.0.0.0:${port}` } })],
  ['a host with another port', (port) => ({ headers: { host: `127.0.0.1:${port + 1}` } })],
  ['a host without a port', () => ({ headers: { host: '127.0.0.1' } })],
  [
    'a POST from a page whose name resolves to this machine',
    (port) => ({
      ...simplePost,
      headers: { ...form, host: `evil.example:${port}`, origin: `http://evil.example:${port}` },
    }),
  ],
  ['an absolute URL with another host', (port) => ({ path: `http://evil.example:${port}/` })],
  ['an absolute URL', (port) => ({ path: `http://127.0.0.1:${port}/` })],
  ['an asterisk instead of a path', () => ({ method: 'OPTIONS', path: '*' })],
  [
    'an upgrade request',
    (port) => ({
      headers: { host: `evil.example:${port}`, connection: 'upgrade', upgrade: 'websocket' },
    }),
  ],
  [
    'a request that expects 100-continue',
    (port) => ({
      ...simplePost,
      headers: { ...form, host: `evil.example:${port}`, expect: '100-continue' },
    }),
  ],
  ['an image on another site', () => ({ headers: crossSite('no-cors', 'image') })],
  ['a frame on another site', () => ({ headers: crossSite('navigate', 'iframe') })],
  ['a link on another site', () => ({ headers: crossSite('navigate', 'document') })],
  ['a page at another port of this machine', () => ({ headers: { 'sec-fetch-site': 'same-site' } })],
  [
    'a request with two values of sec-fetch-site',
    () => ({ headers: { 'sec-fetch-site': ['same-origin', 'cross-site'] } }),
  ],
  [
    'a preflight',
    () => ({
      method: 'OPTIONS',
      headers: { origin: EVIL, 'access-control-request-method': 'POST', ...crossSite('cors', 'empty') },
    }),
  ],
];

describe('every server of npm start', () => {
  test('is included in these tests', () => {
    const own = [...Object.values(OFFSETS), 7].map((offset) => stack.firstPort + offset);
    expect(ports).toEqual(expect.arrayContaining(own));
    expect(ports.length).toBeGreaterThan(own.length);
  });

  test.each(ATTACKS)('rejects a hostile request: %s', async (_, attack) => {
    const answers = await Promise.all(
      ports.map(async (port) => ({ port, ...(await send(port, attack(port))) })),
    );

    for (const { port, status, headers, body } of answers) {
      expect(status, `port ${port - stack.firstPort} after the first: ${body}`).toBe(403);
      expect(headers).toMatchObject({ 'content-type': 'application/json' });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      Refusal.parse(JSON.parse(body));
    }
  });

  test('rejects a request with two hosts, an empty host or no host', async () => {
    for (const port of ports) {
      const own = `Host: 127.0.0.1:${port}`;
      expect(await raw(port, `GET / HTTP/1.1\r\n${own}\r\nHost: evil.example\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 40[03] /,
      );
      expect(await raw(port, `GET / HTTP/1.1\r\nHost: evil.example\r\n${own}\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 40[03] /,
      );
      expect(await raw(port, 'GET / HTTP/1.1\r\nHost:\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
      expect(await raw(port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
    }
  });

  test('rejects CONNECT requests', async () => {
    for (const port of ports)
      expect(
        await raw(port, `CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n`),
      ).not.toMatch(/^HTTP\/1\.1 2/);
  });

  test.each(['127.0.0.1', 'localhost', 'LocalHost', '[::1]'])(
    'accepts requests of programs to the host %s',
    async (name) => {
      for (const port of ports) {
        const { body } = await send(port, { headers: { host: `${name}:${port}` } });
        expect(body).not.toMatch(/may ask this server/);
      }
    },
  );
});

/** Sends raw bytes and returns the response. The HTTP clients of Node.js refuse to send such bytes. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setTimeout(2_000);
  socket.on('timeout', () => socket.destroy()).on('error', () => {});
  socket.end(bytes);
  return text(socket).catch(() => '');
}

test('the emulated Scalekit rejects other host names over HTTP/2', async () => {
  const port = stack.firstPort + OFFSETS.scalekit;
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const statusOf = async (headers: Record<string, string>) => {
    const stream = session.request({ ':path': '/', ...headers });
    stream.end();
    const [received] = await once(stream, 'response');
    return { status: received[':status'], body: await text(stream) };
  };

  const own = `127.0.0.1:${port}`;
  for (const headers of [
    { ':authority': `evil.example:${port}` },
    { ':authority': own, host: `evil.example:${port}` },
    { ':authority': own, origin: EVIL },
    { ':authority': own, 'sec-fetch-site': 'cross-site' },
  ]) {
    const { status, body } = await statusOf(headers);
    expect(status).toBe(403);
    Refusal.parse(JSON.parse(body));
  }
  expect((await statusOf({ ':authority': own })).status).toBe(404);
  session.destroy();
});

test('the emulated DynamoDB does not let web pages read its responses', async () => {
  const port = stack.firstPort + OFFSETS.dynamoDb;

  const { headers } = await send(port, { headers: { origin: `http://127.0.0.1:${port}` } });

  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test.each([
  ['a consent', OFFSETS.scalekit, '/magicLink/unknown'],
  ['the page after consent', OFFSETS.application, '/connected'],
  ['the page that connects an account', OFFSETS.application, '/connect'],
])(
  'other websites may link to %s, but cannot embed this page or send forms to it',
  async (_, offset, path) => {
    const port = stack.firstPort + offset;
    const get = async (mode: string, destination: string, method = 'GET') =>
      (await send(port, { method, path, headers: crossSite(mode, destination) })).status;

    expect(await get('navigate', 'document')).not.toBe(403);
    expect(await get('navigate', 'iframe')).toBe(403);
    expect(await get('no-cors', 'image')).toBe(403);
    expect(await get('navigate', 'document', 'POST')).toBe(403);
  },
);

test('the Lambda API rejects requests that are not signed with the access key of this run', async () => {
  const port = stack.firstPort + OFFSETS.lambda;
  const other =
    'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=00';

  const answers = await Promise.all([
    send(port, simplePost),
    send(port, { ...simplePost, headers: { authorization: 'Bearer x' } }),
    send(port, { ...simplePost, headers: { authorization: other, 'x-amz-date': '20260101T000000Z' } }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
});
