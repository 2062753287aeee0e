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
    // The error must not contain our token, because errors are logged.
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('a-token');
    return error instanceof TransportError ? error.failure : error;
  }
}

describe('a connection that could not be opened', () => {
  test('because nobody listens', async () => {
    const { url, close } = await listenOnLoopback(createHttpServer(), 0);
    await close();

    expect(await ending(url)).toBe('not_connected');
    expect(await ending(url.replace('127.0.0.1', 'localhost'))).toBe('not_connected');
  });

  test('because there is no such host', async () => {
    expect(await ending('http://nowhere.invalid')).toBe('not_connected');
  });

  test.each([
    ['hung up', (socket: Socket) => socket.end()],
    ['reset it', (socket: Socket) => socket.resetAndDestroy()],
    ['answered in clear', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('because the other side %s during the TLS handshake', async (_, act) => {
    const url = await startRawServer((socket) => socket.once('data', () => act(socket)));

    expect(await ending(url.replace('http:', 'https:'))).toBe('not_connected');
  });

  test('because the certificate of the other side is not trusted', async () => {
    const { url, close } = await listenOnLoopback(createTlsServer(selfSigned('localhost')), 0);
    onTestFinished(close);

    expect(await ending(url.replace('http://127.0.0.1', 'https://localhost'))).toBe('not_connected');
  });
});

describe('a connection that was lost', () => {
  test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPROTO'])(
    'with the code %s, after it was made',
    (code) => {
      const error = Object.assign(new Error('read'), { code, syscall: 'read' });

      expect(TransportError.from(error, { wasConnected: true }).failure).toBe('connection_lost');
      expect(TransportError.from(error, { wasConnected: false }).failure).toBe('not_connected');
    },
  );

  test.each([
    ['before the answer', 0],
    ['in the middle of a body of known length', 100],
    ['in the middle of a body of unknown length', undefined],
  ])('%s', async (_, length) => {
    const url = await http((_request, response) => {
      if (length === 0) return response.destroy();
      response.writeHead(200, length ? { 'content-length': length } : {});
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });

    expect(await ending(url)).toBe('connection_lost');
  });

  test('in the middle of the headers', async () => {
    expect(await ending(await bytes('HTTP/1.1 200 OK\r\nX-A: b'))).toBe('connection_lost');
  });

  test('to something that does not speak HTTP', async () => {
    expect(await ending(await bytes('SSH-2.0-OpenSSH_9.6\r\n'))).toBe('connection_lost');
  });

  test('to something that would speak another protocol', async () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

    expect(await ending(await bytes(upgrade))).toBe('connection_lost');
  });
});

test('a fault in the encryption of a connection is unknown', async () => {
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

describe('an answer', () => {
  test.each([
    ['of 6 MB', () => http((_request, response) => response.end('x'.repeat(6_000_000)))],
    ['of 100 MB in 100 KB of gzip', () => http(compressed('gzip', gzipSync(Buffer.alloc(100_000_000))))],
    ['of 100 MB in brotli', () => http(compressed('br', brotliCompressSync(Buffer.alloc(100_000_000))))],
    ['with headers of 100 KB', () => bytes(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)],
  ])('%s is too large', async (_, start) => {
    expect(await ending(await start())).toBe('too_large');
  });

  test.each(['gzip', 'deflate', 'br'])('that says %s and is not cannot be decoded', async (encoding) => {
    expect(await ending(await http(compressed(encoding, Buffer.from('xxxx'))))).toBe('undecodable');
  });

  test('that says gzip and is, is read', async () => {
    expect(await ending(await http(compressed('gzip', gzipSync('{}'))))).toBe(200);
  });

  test('of an unknown status is valid', async () => {
    expect(await ending(await bytes('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'))).toBe(999);
  });
});

describe('a request whose own time runs out', () => {
  test('before anything comes', async () => {
    expect(await ending(await http(() => {}), { timeoutMs: 50 })).toBe('timed_out');
  });

  test('while the answer drips in', async () => {
    const url = await http((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 10);
      response.once('close', () => clearInterval(timer));
    });

    expect(await ending(url, { timeoutMs: 100 })).toBe('timed_out');
  });
});

test.each([
  ['before it was sent', () => AbortSignal.abort()],
  ['while it is under way', () => AbortSignal.timeout(50)],
])('a request whose call ends %s is aborted', async (_, startSignal) => {
  const url = await http(() => {});

  expect(await ending(url, { signal: startSignal() })).toBe('aborted');
});

describe('an error says', () => {
  test.each([
    ['the code of the system', () => http(({ socket }) => socket.resetAndDestroy()), 5_000, 'ECONNRESET'],
    ['the code of the parser', () => bytes('no HTTP\r\n'), 5_000, 'HPE_INVALID_CONSTANT'],
    ['no code where it has none', () => http(() => {}), 50, ''],
  ])('%s', async (_, start, timeoutMs, code) => {
    const sent = new HttpClient(await start()).send(
      { method: 'GET', path: '/', headers: {} },
      { signal: new AbortController().signal, timeoutMs },
    );

    await expect(sent).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`(${code || 'without a code'})`),
    });
  });

  test.each([new Error('without a code'), 'no error'])('that it is not known: %s', (error) => {
    expect(TransportError.from(error, { wasConnected: true })).toMatchObject({
      failure: 'unknown',
      code: '',
    });
  });
});

function compressed(encoding: string, body: Buffer): RequestListener {
  return (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
}
