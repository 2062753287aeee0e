// These tests send requests that end too early. If the local stack does not catch an error, its process ends.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStackForTest } from '../support/start-stack-for-test.ts';

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());

const urlsOf = () => ({
  gateway: stack.gateway.url,
  issuer: stack.issuer.url,
  Scalekit: stack.scalekit.url,
  Lambda: stack.lambda.url,
  DynamoDB: stack.dynamoDb.url,
  application: new URL(stack.variables.CONNECT_URL ?? '').origin,
});

/** Sends the start of a request, and then closes the connection. */
async function abort(url: string, head: string): Promise<void> {
  const { port, host } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`${head}\r\nhost: ${host}\r\ncontent-length: 100\r\n\r\n{`);
  await sleep(50);
  socket.destroy();
  await sleep(50);
}

test.each(['gateway', 'issuer', 'Scalekit', 'Lambda', 'DynamoDB', 'application'] as const)(
  'the server of %s survives requests whose body is cut off',
  async (name) => {
    const url = urlsOf()[name];
    for (const path of ['/', '/register', '/oauth/token', '/authorize', '/mcp', '/connect'])
      await abort(url, `POST ${path} HTTP/1.1`);

    expect((await fetch(url)).status).toBeGreaterThan(0);
  },
);

/**
 * Builds a frame of HTTP/2. Stream 0 is the connection itself.
 * https://www.rfc-editor.org/rfc/rfc9113#section-4.1
 */
function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

test('the emulated Scalekit survives an HTTP/2 stream that another website opens and resets at once', async () => {
  const { url } = stack.scalekit;
  const authority = 'evil.example';
  // The frame contains the headers :method POST, :path /, :scheme http and :authority:
  // https://www.rfc-editor.org/rfc/rfc7541#appendix-A
  const headers = Buffer.concat([
    Buffer.from([0x83, 0x84, 0x86, 0x41, authority.length]),
    Buffer.from(authority),
  ]);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    Buffer.concat([
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      frame(4, 0, 0, Buffer.alloc(0)),
      frame(1, 5, 1, headers),
      frame(3, 0, 1, Buffer.from([0, 0, 0, 8])),
    ]),
  );
  await sleep(100);
  socket.destroy();

  expect((await fetch(url)).status).toBeGreaterThan(0);
});

test.each(['http://127.0.0.1:99999999/cb', 'http://127.0.0.1:/cb:1', 'nonsense'])(
  'the issuer rejects a client with the redirect URI %s',
  async (redirectUri) => {
    const { url } = stack.issuer;
    const registered = await fetch(`${url}/register`, {
      method: 'POST',
      body: JSON.stringify({ redirect_uris: ['http://127.0.0.1:1/cb'] }),
    });
    const { client_id: clientId }: { client_id: string } = JSON.parse(await registered.text());

    const { status } = await fetch(`${url}/authorize`, {
      method: 'POST',
      body: new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        code_challenge: 'A'.repeat(43),
        code_challenge_method: 'S256',
        user: 'user_ada',
      }),
    });

    expect(status).toBe(400);
  },
);
