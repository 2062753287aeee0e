import { getEventListeners, once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Worker } from 'node:worker_threads';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { HttpClient, type HttpRequest, type Limits } from '../../../lib/http-client/http-client.ts';
import { TransportError } from '../../../lib/http-client/transport-error.ts';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import { startRawServer } from '../../support/raw-server.ts';
import { startRecordingServer } from '../../support/recording-server.ts';
import { selfSigned } from '../../support/self-signed.ts';

const FIVE_MEBIBYTES = 5 * 1024 * 1024;
const SHORT_MS = 100;
// This limit is long enough for the steps before it, even on a busy machine.
const LONGER_MS = 500;
const hang: RequestListener = () => {};

/** Starts a server that records its requests. Also returns a client for it, and a function that sends requests. */
async function start(answer?: RequestListener) {
  const server = await startRecordingServer(answer);
  onTestFinished(server.close);
  return { ...server, ...clientFor(server.url) };
}

async function startRaw(onRequest: (socket: Socket) => void) {
  return clientFor(await startRawServer((socket) => socket.once('data', () => onRequest(socket))));
}

/** Starts a server that sends these bytes and closes the connection. Also returns a client for it. */
function startBytes(...lines: string[]) {
  return startRaw((socket) => socket.end(lines.join('\r\n')));
}

function clientFor(url: string) {
  const client = new HttpClient(url);
  const send = (request: Partial<HttpRequest> = {}, limits: Partial<Limits> = {}) =>
    client.send(
      { method: 'GET', path: '/', headers: {}, ...request },
      { signal: new AbortController().signal, timeoutMs: 5_000, ...limits },
    );
  return { client, send };
}

function answerWith(
  status: number,
  body: string | Buffer = '',
  headers: Record<string, string> = {},
): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(body);
}

/** Returns the kind of failure with which a request ends. */
async function failureOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await answer };
  } catch (error) {
    return error instanceof TransportError ? error.failure : error;
  }
}

describe('a response', () => {
  test.each([200, 201, 299, 300, 302, 399, 400, 401, 404, 429, 500, 503, 599, 600, 999])(
    'is returned with the status %i, its headers and its body',
    async (status) => {
      // Prepare
      const { send } = await start(answerWith(status, 'a body', { 'Retry-After': '7' }));

      // Act
      const answer = await send();

      // Assess
      expect(answer).toMatchObject({ status, headers: { 'retry-after': '7' }, body: 'a body' });
    },
  );

  test.each([
    ['204', 'HTTP/1.1 204 No Content'],
    ['304', 'HTTP/1.1 304 Not Modified'],
    ['a content length of 0', 'HTTP/1.1 200 OK\r\nContent-Length: 0'],
  ])('has an empty body with %s, even if its header names an encoding', async (_, beginning) => {
    // Prepare
    const { send } = await startRaw((socket) =>
      socket.write(`${beginning}\r\nContent-Encoding: gzip\r\n\r\n`),
    );

    // Act
    const { body } = await send();

    // Assess
    expect(body).toBe('');
  });

  test('has header names in lower case, and repeated headers are joined', async () => {
    // Prepare
    const { send } = await startBytes(
      'HTTP/1.1 200 OK',
      'X-One: 1',
      'x-one: 2',
      'Set-Cookie: a=1; Path=/',
      'set-cookie: b=2',
      'Content-Length: 0',
      '',
      '',
    );

    // Act
    const { headers } = await send();

    // Assess
    expect(headers).toEqual({
      'x-one': '1, 2',
      'set-cookie': 'a=1; Path=/, b=2',
      'content-length': '0',
    });
  });

  test.each([301, 302, 303, 307, 308])(
    'is returned with the redirect status %i, and the redirect is not followed',
    async (status) => {
      // Prepare
      const { received, send } = await start(answerWith(status, '', { location: '/elsewhere' }));

      // Act
      const answer = await send();

      // Assess
      expect(answer).toMatchObject({ status, headers: { location: '/elsewhere' } });
      expect(received).toHaveLength(1);
    },
  );

  test('is read completely if the end of the connection is the end of the body', async () => {
    const { send } = await startBytes('HTTP/1.1 200 OK', '', 'a body');

    expect(await send()).toEqual({ status: 200, headers: {}, body: 'a body' });
  });

  test('is returned even if informational responses come before it', async () => {
    // Prepare
    const { send } = await startBytes(
      'HTTP/1.1 100 Continue',
      '',
      'HTTP/1.1 102 Processing',
      '',
      'HTTP/1.1 103 Early Hints',
      'Link: </style.css>',
      '',
      'HTTP/1.1 200 OK',
      '',
      'a body',
    );

    // Act
    const answer = await send();

    // Assess
    expect(answer).toEqual({ status: 200, headers: {}, body: 'a body' });
  });

  test('causes a failure if it switches the connection to another protocol', async () => {
    // Prepare
    const { send } = await startRaw((socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    );

    // Act
    const failure = await failureOf(send());

    // Assess
    expect(failure).toBe('connection_lost');
  });

  test('is read if a second response follows without a request, and the connection is not reused', async () => {
    // Prepare
    let connections = 0;
    const ok = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const { send } = await startRaw((socket) => {
      connections += 1;
      socket.write(ok('first') + ok('another'));
    });

    // Act
    const bodies = [(await send()).body, (await send()).body];

    // Assess
    expect(bodies).toEqual(['first', 'first']);
    expect(connections).toBe(2);
  });
});

describe('the body of a response', () => {
  test.each([
    ['white space and long numbers, unchanged', ' {"id": 12345678901234567890}\r\n'],
    ['no byte order mark', '\ufeffabc', 'abc'],
    ['replacement characters in place of invalid UTF-8', Buffer.of(0x61, 0xff, 0x62), 'a\ufffdb'],
    ['null characters', 'a\0b'],
  ])('contains %s', async (_, sent: string | Buffer, expected = String(sent)) => {
    const { send } = await start(answerWith(200, sent, { 'content-type': 'application/json' }));

    expect((await send()).body).toBe(expected);
  });

  test('contains a character whose bytes arrived separately', async () => {
    // Prepare
    const { send } = await start((_request, response) => {
      response.write(Buffer.of(0xe2, 0x82));
      setTimeout(() => response.end(Buffer.of(0xac)), 20);
    });

    // Act
    const { body } = await send();

    // Assess
    expect(body).toBe('€');
  });

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['GZIP', gzipSync],
  ])('is decoded if its encoding is %s', async (encoding, encode) => {
    const { send } = await start(answerWith(200, encode('Grüße'), { 'content-encoding': encoding }));

    expect((await send()).body).toBe('Grüße');
  });

  test.each([
    ['none', {}],
    ['identity', { 'content-encoding': 'identity' }],
    ['unknown', { 'content-encoding': 'rot13' }],
  ])('is not changed if its encoding is %s', async (_, headers) => {
    const { send } = await start(answerWith(200, 'Grüße', headers));

    expect((await send()).body).toBe('Grüße');
  });

  describe.each([
    ['plain', (text: string) => Buffer.from(text), {}],
    ['gzip', gzipSync, { 'content-encoding': 'gzip' }],
    ['deflate', deflateSync, { 'content-encoding': 'deflate' }],
    ['br', brotliCompressSync, { 'content-encoding': 'br' }],
  ])('with the encoding %s', (_, encode, headers) => {
    test('may have 5 MiB', async () => {
      const { send } = await start(answerWith(200, encode('x'.repeat(FIVE_MEBIBYTES)), headers));

      expect((await send()).body).toHaveLength(FIVE_MEBIBYTES);
    });

    test('is rejected if it has 5 MiB and one byte', async () => {
      const { send } = await start(answerWith(200, encode('x'.repeat(FIVE_MEBIBYTES + 1)), headers));

      expect(await failureOf(send())).toBe('too_large');
    });
  });

  test('leads to a closed connection as soon as it is too large', async () => {
    // Prepare
    const closed = Promise.withResolvers<void>();
    const { send } = await start((_request, response) => {
      response.once('close', closed.resolve);
      const fill = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', fill);
      fill();
    });

    // Act
    const failure = await failureOf(send());

    // Assess
    expect(failure).toBe('too_large');
    await closed.promise;
  });
});

// Each of these responses has a broken body.
const BROKEN = [
  ['shorter than its content length', ['Content-Length: 100', '', 'half'], 'connection_lost'],
  ['with an incomplete chunk', ['Transfer-Encoding: chunked', '', '4', 'half', ''], 'connection_lost'],
  ['with a malformed chunk', ['Transfer-Encoding: chunked', '', 'no length', ''], 'connection_lost'],
  ['that is not valid gzip', ['Content-Encoding: gzip', '', 'no gzip'], 'undecodable'],
] satisfies [string, string[], string][];
const LARGE = [
  ['too large', 'x'.repeat(FIVE_MEBIBYTES + 1), {}],
  ['too large, encoded', gzipSync(Buffer.alloc(FIVE_MEBIBYTES + 1)), { 'content-encoding': 'gzip' }],
] satisfies [string, string | Buffer, Record<string, string>][];

describe('a response with a success status and a broken body', () => {
  test.each(BROKEN)('is reported as a failure: a body %s', async (_, lines, failure) => {
    const { send } = await startBytes('HTTP/1.1 200 OK', ...lines);

    expect(await failureOf(send())).toBe(failure);
  });

  test('is reported as a failure if the gzip body ends too early', async () => {
    const half = gzipSync('a text that is long enough').subarray(0, 20);
    const { send } = await start(answerWith(200, half, { 'content-encoding': 'gzip' }));

    expect(await failureOf(send())).toBe('undecodable');
  });

  test('is reported as a failure if the body does not arrive in time', async () => {
    const { send } = await start((_request, response) => response.writeHead(399).write('half'));

    expect(await failureOf(send({}, { timeoutMs: LONGER_MS }))).toBe('timed_out');
  });
});

describe('a response with an error status and a broken body', () => {
  test.each(BROKEN)('is returned without its body: a body %s', async (_, lines) => {
    // Prepare
    const { send } = await startBytes('HTTP/1.1 429 Too Many Requests', 'Retry-After: 7', ...lines);

    // Act
    const answer = await send();

    // Assess
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '7' }, body: '' });
  });

  test.each(LARGE)('is returned without its body if the body is %s', async (_, body, headers) => {
    const { send } = await start(answerWith(400, body, headers));

    expect(await send()).toMatchObject({ status: 400, body: '' });
  });

  test.each([400, 503])(
    'is returned without its body if the body does not arrive in time (status %i)',
    async (status) => {
      const { send } = await start((_request, response) => response.writeHead(status).write('half'));

      expect(await send({}, { timeoutMs: LONGER_MS })).toMatchObject({ status, body: '' });
    },
  );
});

test('a response with an error status is reported as a failure if the call ends before the body arrives', async () => {
  // Prepare
  const { send } = await start((_request, response) => response.writeHead(503).write('half'));

  // Act
  const failure = await failureOf(send({}, { signal: AbortSignal.timeout(LONGER_MS) }));

  // Assess
  expect(failure).toBe('aborted');
});

describe('the limit timeoutMs', () => {
  /** Sends `next` repeatedly, at intervals that are much shorter than the limit. */
  const drip = (first: string, next: string) => (socket: Socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(next), SHORT_MS / 10);
    socket.once('close', () => clearInterval(timer));
  };

  test.each([
    ['a response that does not arrive', () => {}],
    ['a response whose headers arrive very slowly', drip('HTTP/1.1 200 OK\r\nX-A: ', 'a')],
    ['a response whose body arrives very slowly', drip('HTTP/1.1 200 OK\r\n\r\n', 'a')],
    ['informational responses without a final response', drip('', 'HTTP/1.1 102 Processing\r\n\r\n')],
  ])('ends a request that gets %s', async (_, answer) => {
    // Prepare
    const { send } = await startRaw(answer);
    const startedAtMs = performance.now();

    // Act
    const failure = await failureOf(send({}, { timeoutMs: SHORT_MS }));

    // Assess
    expect(failure).toBe('timed_out');
    expect(performance.now() - startedAtMs).toBeGreaterThan(SHORT_MS - 5);
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });

  test('closes the connection of a request that timed out', async () => {
    // Prepare
    const closed = Promise.withResolvers<void>();
    const { send } = await startRaw((socket) => socket.once('close', () => closed.resolve()));

    // Act
    await failureOf(send({}, { timeoutMs: SHORT_MS }));

    // Assess
    await closed.promise;
  });
});

test('a request leaves no timer after it has ended', async () => {
  // Prepare
  const { send } = await start();
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  await send();
  const before = timers();

  // Act
  await Promise.all(Array.from({ length: 20 }, () => send()));

  // Assess
  expect(timers()).toBeLessThan(before + 10);
});

describe('the signal of a request', () => {
  test.each([
    ['no reason', undefined],
    ['an error', new Error('enough')],
    ['a text', 'enough'],
  ])('prevents the request if it is already aborted with %s', async (_, reason) => {
    // Prepare
    const { received, send } = await start();
    const onConnection = vi.fn();

    // Act
    const failure = await failureOf(send({}, { signal: AbortSignal.abort(reason), onConnection }));

    // Assess
    expect(failure).toBe('aborted');
    expect(onConnection).not.toHaveBeenCalled();
    expect(received).toEqual([]);
  });

  test.each(['a new connection', 'a kept-alive connection'])(
    'prevents the request if it is aborted before the request gets %s',
    async (connection) => {
      // Prepare
      const { received, send } = await start();
      if (connection === 'a kept-alive connection') await send({ path: '/first' });
      const controller = new AbortController();
      const onConnection = vi.fn();

      // Act
      const answer = failureOf(send({ path: '/aborted' }, { signal: controller.signal, onConnection }));
      controller.abort();

      // Assess
      expect(await answer).toBe('aborted');
      await send({ path: '/last' });
      expect(onConnection).not.toHaveBeenCalled();
      expect(received.map(({ url }) => url)).not.toContain('/aborted');
    },
  );

  test.each([
    ['no part of the response has arrived', hang],
    ['a part of the response has arrived', (_request, response) => response.write('half')],
  ] satisfies [string, RequestListener][])('ends the request if %s', async (_, answer) => {
    // Prepare
    const closed = Promise.withResolvers<void>();
    const { send } = await start((request, response) => {
      request.socket.once('close', () => closed.resolve());
      answer(request, response);
    });

    // Act
    const failure = await failureOf(send({}, { signal: AbortSignal.timeout(LONGER_MS) }));

    // Assess
    expect(failure).toBe('aborted');
    await closed.promise;
  });

  test('has no listener left after the request, however the request ended', async () => {
    // Prepare
    const { signal } = new AbortController();
    const { send } = await start(({ url, socket }, response) => {
      if (url === '/lost') socket.destroy();
      if (url === '/answered') response.end();
    });

    // Act
    await send({ path: '/answered' }, { signal });
    const lost = await failureOf(send({ path: '/lost' }, { signal }));
    const timedOut = await failureOf(send({ path: '/hangs' }, { signal, timeoutMs: SHORT_MS }));
    const refused = await failureOf(send({ headers: { 'x-a': '\n' } }, { signal }));

    // Assess
    expect([lost, timedOut]).toEqual(['connection_lost', 'timed_out']);
    expect(refused).toBeInstanceOf(TypeError);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('has no listener left after the signal was aborted', async () => {
    // Prepare
    const { send } = await start(hang);
    const signal = AbortSignal.timeout(SHORT_MS);

    // Act
    await failureOf(send({}, { signal }));

    // Assess
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('onConnection', () => {
  /** Starts a server in another thread, which receives requests even while this thread is blocked. */
  async function startElsewhere() {
    const requests = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(
      `const { createServer } = require('node:http');
      const { parentPort, workerData: requests } = require('node:worker_threads');
      const server = createServer((request, response) => {
        Atomics.add(requests, 0, 1);
        Atomics.notify(requests, 0);
        response.end();
      });
      server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
      { eval: true, workerData: requests },
    );
    onTestFinished(async () => void (await worker.terminate()));
    const [port] = await once(worker, 'message');
    return { requests, ...clientFor(`http://127.0.0.1:${port}`) };
  }

  test('is called once before each request is sent, even on a reused connection', async () => {
    // Prepare
    const { requests, send } = await startElsewhere();
    const arrivals: string[] = [];
    const onConnection = vi.fn(() => {
      arrivals.push(Atomics.wait(requests, 0, requests[0] ?? 0, SHORT_MS));
    });

    // Act
    await send({}, { onConnection });
    await send({ method: 'POST', body: 'a body' }, { onConnection });

    // Assess
    expect(arrivals).toEqual(['timed-out', 'timed-out']);
    expect(requests[0]).toBe(2);
  });

  test('is called for a new and for a reused connection', async () => {
    // Prepare
    const { received, send } = await start();
    const onConnection = vi.fn();

    // Act
    await send({}, { onConnection });
    await send({}, { onConnection });

    // Assess
    expect(onConnection).toHaveBeenCalledTimes(2);
    expect(new Set(received.map(({ clientPort }) => clientPort)).size).toBe(1);
  });

  test('is called if the connection breaks without a response', async () => {
    // Prepare
    const { send } = await start(({ socket }) => socket.destroy());
    const onConnection = vi.fn();

    // Act
    await failureOf(send({}, { onConnection }));

    // Assess
    expect(onConnection).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['no server listens', (url: string) => url],
    ['the host does not exist', () => 'http://nowhere.invalid'],
  ])('is not called if %s', async (_, urlOf) => {
    // Prepare
    const { url, close } = await listenOnLoopback(createServer(), 0);
    await close();
    const { send } = clientFor(urlOf(url));
    const onConnection = vi.fn();

    // Act
    const failure = await failureOf(send({}, { onConnection }));

    // Assess
    expect(failure).toBe('not_connected');
    expect(onConnection).not.toHaveBeenCalled();
  });

  test('is not called if the server does not speak TLS', async () => {
    // Prepare
    const url = await startRawServer((socket) => socket.once('data', () => socket.end('no TLS')));
    const { send } = clientFor(url.replace('http:', 'https:'));
    const onConnection = vi.fn();

    // Act
    const failure = await failureOf(send({}, { onConnection }));

    // Assess
    expect(failure).toBe('not_connected');
    expect(onConnection).not.toHaveBeenCalled();
  });
});

describe('a request', () => {
  test('is sent unchanged, with the host from the URL', async () => {
    // Prepare
    const { port, received, send } = await start();

    // Act
    await send({
      method: 'PATCH',
      path: '/a%20b/../c?d=e+f&d=%2F',
      headers: { 'x-one': '1', accept: '*/*', connection_name: 'acme' },
      body: '{"a": "ü"}',
    });

    // Assess
    expect(received).toEqual([
      {
        method: 'PATCH',
        url: '/a%20b/../c?d=e+f&d=%2F',
        headers: {
          host: `127.0.0.1:${port}`,
          'x-one': '1',
          accept: '*/*',
          connection_name: 'acme',
          'content-length': '11',
          connection: 'keep-alive',
        },
        body: '{"a": "ü"}',
        clientPort: expect.any(Number),
      },
    ]);
  });

  test.each([
    ['POST', 'a body', '6'],
    ['POST', '', '0'],
    ['POST', undefined, '0'],
    ['PUT', undefined, '0'],
    ['PATCH', undefined, '0'],
    ['PATCH', '€', '3'],
    ['DELETE', 'a body', '6'],
    ['DELETE', undefined, undefined],
    ['GET', undefined, undefined],
  ])('has the right header content-length: method %s, body %j, header %s', async (method, body, length) => {
    // Prepare
    const { received, send } = await start();

    // Act
    await send({ method, body });

    // Assess
    expect(received).toMatchObject([{ method, body: body ?? '' }]);
    expect(received[0]?.headers['content-length']).toBe(length);
    expect(received[0]?.headers).not.toHaveProperty('transfer-encoding');
  });

  test('reuses the connection of the previous request, whatever status the response had', async () => {
    // Prepare
    const { received, send } = await start(({ url }, response) => {
      response.writeHead(Number(url?.slice(1))).end('a body');
    });

    // Act
    for (const path of ['/200', '/404', '/500', '/200']) await send({ method: 'POST', path, body: 'a body' });

    // Assess
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ clientPort }) => clientPort)).size).toBe(1);
  });

  test('leaves no open connection if it has the header `connection: close`', async () => {
    // Prepare
    const { received, send } = await start();

    // Act
    await send({ headers: { connection: 'close' } });
    await send();

    // Assess
    expect(new Set(received.map(({ clientPort }) => clientPort)).size).toBe(2);
  });

  test.each([
    ['a header with a line break', { headers: { 'x-a': 'b\r\nx-c: d' } }, 'ERR_INVALID_CHAR'],
    ['a header with half a line break', { headers: { 'x-a': 'b\nx-c: d' } }, 'ERR_INVALID_CHAR'],
    ['a header beyond Latin-1', { headers: { 'x-a': '✓' } }, 'ERR_INVALID_CHAR'],
    ['a line break in the name of a header', { headers: { 'x-a\r\nb': 'c' } }, 'ERR_INVALID_HTTP_TOKEN'],
    ['a line break in its path', { path: '/a HTTP/1.1\r\nx-c: d' }, 'ERR_UNESCAPED_CHARACTERS'],
  ])('is rejected before it is sent if it contains %s', async (_, request, code) => {
    // Prepare
    const { received, send } = await start();
    const onConnection = vi.fn();

    // Act
    const failure = await failureOf(send(request, { onConnection }));

    // Assess
    expect(failure).toMatchObject({ code });
    await send({ path: '/next' });
    expect(onConnection).not.toHaveBeenCalled();
    expect(received.map(({ url }) => url)).toEqual(['/next']);
  });
});

const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);

test.skipIf(!hasIpv6)('the host may be an IPv6 address', async () => {
  // Prepare
  const hosts: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    hosts.push(headers.host);
    response.end();
  });
  onTestFinished(() => void server.close());
  server.listen(0, '::1');
  await once(server, 'listening');
  const port = portOf(server.address());

  // Act
  const { status } = await clientFor(`http://[::1]:${port}`).send({ headers: { connection: 'close' } });

  // Assess
  expect(status).toBe(200);
  expect(hosts).toEqual([`[::1]:${port}`]);
});

describe('TLS', () => {
  async function startTls() {
    const pair = selfSigned('localhost');
    const server = createTlsServer(pair, ({ headers, socket }, response) =>
      response.end(JSON.stringify({ host: headers.host, clientPort: socket.remotePort })),
    );
    const { port, close } = await listenOnLoopback(server, 0);
    onTestFinished(close);
    const connect = (host: string, authority: string | undefined = pair.cert) => {
      const { client, send } = clientFor(`https://${host}:${port}`);
      client.connections.httpsAgent.options.ca = authority;
      return send;
    };
    return { port, connect };
  }

  test('is used for a request, and the next request reuses the connection', async () => {
    // Prepare
    const { port, connect } = await startTls();
    const send = connect('localhost');
    const onConnection = vi.fn();

    // Act
    const answers = [await send({}, { onConnection }), await send({}, { onConnection })];

    // Assess
    const [first, second] = answers.map(({ body }) => JSON.parse(body));
    expect(first).toEqual({ host: `localhost:${port}`, clientPort: expect.any(Number) });
    expect(second).toEqual(first);
    expect(onConnection).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['is not trusted', 'localhost', selfSigned('localhost').cert],
    ['is for another host', '127.0.0.1', undefined],
  ])('rejects a certificate before anything is sent if the certificate %s', async (_, host, authority) => {
    // Prepare
    const { connect } = await startTls();
    const onConnection = vi.fn();

    // Act
    const failure = await failureOf(connect(host, authority)({}, { onConnection }));

    // Assess
    expect(failure).toBe('not_connected');
    expect(onConnection).not.toHaveBeenCalled();
  });
});

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return address.port;
}
