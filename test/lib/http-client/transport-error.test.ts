import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HttpClient, type Limits } from '../../../lib/http-client/http-client.ts';
import { TransportError } from '../../../lib/http-client/transport-error.ts';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import { startRawServer } from '../../support/raw-server.ts';
import { selfSigned } from '../../support/self-signed.ts';

async function http(listener: RequestListener): Promise<string> {
  const { url, close } = await listenOnLoopback(createHttpServer(listener), 0);
  onTestFinished(close);
  return url;
}

const bytes = (text: string) => startRawServer((socket) => socket.once('data', () => socket.end(text)));

/** Returns the outcome of a request to the server: a failure, or the status of a response. */
async function ending(url: string, limits: Partial<Limits> = {}, client = new HttpClient(url)) {
  try {
    const { status } = await client.send(
      { method: 'GET', path: '/', headers: { authorization: 'Bearer a-token' } },
      { signal: new AbortController().signal, timeoutMs: 5_000, ...limits },
    );
    return status;
  } catch (error) {
    // Errors are logged, so an error must not contain our token.
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('a-token');
    return error instanceof TransportError ? error.failure : error;
  }
}

describe('a connection that cannot be opened', () => {
  test('is reported as not_connected if no server listens', async () => {
    const { url, close } = await listenOnLoopback(createHttpServer(), 0);
    await close();

    expect(await ending(url)).toBe('not_connected');
    expect(await ending(url.replace('127.0.0.1', 'localhost'))).toBe('not_connected');
  });

  test('is reported as not_connected if the host does not exist', async () => {
    expect(await ending('http://nowhere.invalid')).toBe('not_connected');
  });

  test.each([
    ['closes the connection', (socket: Socket) => socket.end()],
    ['resets the connection', (socket: Socket) => socket.resetAndDestroy()],
    ['responds without encryption', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('is reported as not_connected if the server %s during the TLS handshake', async (_, act) => {
    const url = await startRawServer((socket) => socket.once('data', () => act(socket)));

    expect(await ending(url.replace('http:', 'https:'))).toBe('not_connected');
  });

  test("is reported as not_connected if the server's certificate is not trusted", async () => {
    const { url, close } = await listenOnLoopback(createTlsServer(selfSigned('localhost')), 0);
    onTestFinished(close);

    expect(await ending(url.replace('http://127.0.0.1', 'https://localhost'))).toBe('not_connected');
  });
});

describe('a broken connection', () => {
  test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPROTO'])(
    'is reported as connection_lost if it fails with the code %s after it was opened',
    (code) => {
      const error = Object.assign(new Error('read'), { code, syscall: 'read' });

      expect(TransportError.from(error, { wasConnected: true }).failure).toBe('connection_lost');
      expect(TransportError.from(error, { wasConnected: false }).failure).toBe('not_connected');
    },
  );

  test.each([
    ['before the response', 0],
    ['in the middle of a body of known length', 100],
    ['in the middle of a body of unknown length', undefined],
  ])('is reported as connection_lost if it closes %s', async (_, length) => {
    const url = await http((_request, response) => {
      if (length === 0) return response.destroy();
      response.writeHead(200, length ? { 'content-length': length } : {});
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });

    expect(await ending(url)).toBe('connection_lost');
  });

  test('is reported as connection_lost if it closes in the middle of the headers', async () => {
    expect(await ending(await bytes('HTTP/1.1 200 OK\r\nX-A: b'))).toBe('connection_lost');
  });

  test('is reported as connection_lost if the server does not send HTTP', async () => {
    expect(await ending(await bytes('SSH-2.0-OpenSSH_9.6\r\n'))).toBe('connection_lost');
  });

  test('is reported as connection_lost if the server switches to another protocol', async () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

    expect(await ending(await bytes(upgrade))).toBe('connection_lost');
  });
});

test('an encryption error on an open connection is a failure of the kind `unknown`', async () => {
  const pair = selfSigned('localhost');
  const sockets: Socket[] = [];
  const server = createTlsServer(pair, () => {
    for (const socket of sockets) socket.write('in clear');
  });
  server.on('connection', (socket: Socket) => sockets.push(socket));
  const { port, close } = await listenOnLoopback(server, 0);
  onTestFinished(close);
  const url = `https://localhost:${port}`;
  const client = new HttpClient(url);
  client.connections.httpsAgent.options.ca = pair.cert;

  expect(await ending(url, {}, client)).toBe('unknown');
});

describe('a response', () => {
  test.each([
    ['has 6 MB', () => http((_request, response) => response.end('x'.repeat(6_000_000)))],
    ['has 100 MB in 100 KB of gzip', () => http(compressed('gzip', gzipSync(Buffer.alloc(100_000_000))))],
    ['has 100 MB in brotli', () => http(compressed('br', brotliCompressSync(Buffer.alloc(100_000_000))))],
    ['has headers of 100 KB', () => bytes(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)],
  ])('is too large if it %s', async (_, start) => {
    expect(await ending(await start())).toBe('too_large');
  });

  test.each(['gzip', 'deflate', 'br'])(
    'is undecodable if its header says %s and its body has another encoding',
    async (encoding) => {
      expect(await ending(await http(compressed(encoding, Buffer.from('xxxx'))))).toBe('undecodable');
    },
  );

  test('is read if its header names gzip and its body is encoded in gzip', async () => {
    expect(await ending(await http(compressed('gzip', gzipSync('{}'))))).toBe(200);
  });

  test('is accepted if its status is unknown', async () => {
    expect(await ending(await bytes('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'))).toBe(999);
  });
});

describe('a request without a complete response', () => {
  test('is reported as timed_out if no response arrives', async () => {
    expect(await ending(await http(() => {}), { timeoutMs: 50 })).toBe('timed_out');
  });

  test('is reported as timed_out if the response arrives very slowly', async () => {
    const url = await http((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 10);
      response.once('close', () => clearInterval(timer));
    });

    expect(await ending(url, { timeoutMs: 100 })).toBe('timed_out');
  });
});

test.each([
  ['before the request was sent', () => AbortSignal.abort()],
  ['while the request is running', () => AbortSignal.timeout(50)],
])('a request is reported as aborted if its call ends %s', async (_, startSignal) => {
  const url = await http(() => {});

  expect(await ending(url, { signal: startSignal() })).toBe('aborted');
});

describe('a TransportError', () => {
  test.each([
    [
      'the error code of the operating system',
      () => http(({ socket }) => socket.resetAndDestroy()),
      5_000,
      'ECONNRESET',
    ],
    ['the error code of the HTTP parser', () => bytes('no HTTP\r\n'), 5_000, 'HPE_INVALID_CONSTANT'],
    ['no code if the error has no code', () => http(() => {}), 50, ''],
  ])('contains %s', async (_, start, timeoutMs, code) => {
    const sent = new HttpClient(await start()).send(
      { method: 'GET', path: '/', headers: {} },
      { signal: new AbortController().signal, timeoutMs },
    );

    await expect(sent).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`(${code || 'without a code'})`),
    });
  });

  test.each([new Error('without a code'), 'no error'])(
    'is a failure of the kind `unknown` for %s',
    (error) => {
      expect(TransportError.from(error, { wasConnected: true })).toMatchObject({
        failure: 'unknown',
        code: '',
      });
    },
  );
});

function compressed(encoding: string, body: Buffer): RequestListener {
  return (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
}
