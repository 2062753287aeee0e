import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listenOnSharedPort } from '../../../local/scalekit/shared-port.ts';
import { startScalekitEmulator } from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createSeed } from './emulator-fixture.ts';

const handlers = () => ({
  http1: (_request: unknown, response: import('node:http').ServerResponse) => void response.end('one'),
  http2: (_request: unknown, response: import('node:http2').Http2ServerResponse) => void response.end('two'),
});

describe('the shared port', () => {
  it('distinguishes HTTP/2 from HTTP/1.1, even if the first bytes arrive one by one', async () => {
    const port = await listenOnSharedPort(0, handlers);
    expect(await (await fetch(port.url)).text()).toBe('one');

    const session = connectHttp2(port.url);
    const stream = session.request({ ':path': '/' }).setEncoding('utf8');
    const [body] = await once(stream, 'data');
    expect(body).toBe('two');
    session.destroy();

    // PROPFIND begins with the same letter as the first bytes of an HTTP/2 connection (`PRI * HTTP/2.0`).
    const socket = connect(Number(new URL(port.url).port), '127.0.0.1')
      .setNoDelay(true)
      .setEncoding('utf8');
    for (const character of `PROPFIND / HTTP/1.1\r\nHost: ${new URL(port.url).host}\r\n\r\n`) {
      socket.write(character);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const [answer] = await once(socket, 'data');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    socket.destroy();
    await port.close();
  });

  it('closes at once although connections of both protocols are open, and can be closed twice', async () => {
    const port = await listenOnSharedPort(0, handlers);
    const silent = connect(Number(new URL(port.url).port), '127.0.0.1').on('error', () => {});
    await once(silent, 'connect');
    const session = connectHttp2(port.url).on('error', () => {});
    await once(session, 'remoteSettings');
    const ended = Promise.all([once(silent, 'close'), once(session, 'close')]);
    await port.close();
    await ended;
    await port.close();
    await expect(fetch(port.url)).rejects.toThrow();
  });

  it('survives a client that resets its connection', async () => {
    const port = await listenOnSharedPort(0, handlers);
    const client = connect(Number(new URL(port.url).port), '127.0.0.1');
    await once(client, 'connect');
    client.write('GE');
    client.resetAndDestroy();
    expect(await (await fetch(port.url)).text()).toBe('one');
    await port.close();
  });
});

describe('startScalekitEmulator', () => {
  it('throws an error with the reason if the port is in use', async () => {
    const seed = createSeed('http://127.0.0.1:1');
    const first = await startScalekitEmulator({ seed });
    const port = Number(new URL(first.url).port);
    await expect(startScalekitEmulator({ seed, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
    const second = await startScalekitEmulator({ seed, port });
    expect(second.url).toBe(first.url);
    await second.close();
  });
});
