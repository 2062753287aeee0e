import { once } from 'node:events';
import { createServer, type RequestOptions, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionPool } from '../../../lib/http-client/connection-pool.ts';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';

let pool: ConnectionPool;
let server: { port: number; close(): Promise<void> };
/** The port of the client in each request. Requests with the same port used the same connection. */
let ports: (number | undefined)[];

beforeEach(async () => {
  pool = new ConnectionPool();
  ports = [];
  server = await listenOnLoopback(
    createServer(({ socket }, response) => {
      ports.push(socket.remotePort);
      response.end();
    }),
    0,
  );
  // Without TLS, the test needs no certificate.
  pool.httpsAgent.createConnection = () => connect(server.port, '127.0.0.1');
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

async function send(protocol: 'http' | 'https'): Promise<void> {
  const options: RequestOptions = { host: '127.0.0.1', port: server.port };
  const sent =
    protocol === 'http'
      ? request({ ...options, agent: pool.httpAgent })
      : requestTls({ ...options, agent: pool.httpsAgent });
  const [answer] = await once(sent.end(), 'response');
  await once(answer.resume(), 'close');
  // The connection becomes free only after the next turn of the event loop.
  await turn();
}
const connections = () => new Set(ports).size;

describe.each(['http', 'https'] as const)('the pool of %s connections', (protocol) => {
  test('reuses a connection', async () => {
    await send(protocol);
    await send(protocol);

    expect(connections()).toBe(1);
  });

  test('closes a connection that was not used since the call of mark(), and opens a new connection for the next request', async () => {
    await send(protocol);
    pool.closeUnusedSince(pool.mark());
    await send(protocol);

    expect(connections()).toBe(2);
  });

  test('keeps a connection open that was used since the call of mark()', async () => {
    const mark = pool.mark();
    await send(protocol);
    pool.closeUnusedSince(mark);
    await send(protocol);

    expect(connections()).toBe(1);
  });

  test.each([
    [49_000, 1],
    [51_000, 2],
    [-3_600_000, 1],
  ])('after %i ms between two requests, has opened %i connections', async (idleMs, expected) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await send(protocol);
    vi.setSystemTime(Date.now() + idleMs);
    pool.closeIdle();
    await send(protocol);

    expect(connections()).toBe(expected);
  });
});
