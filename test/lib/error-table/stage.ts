import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import type { ProviderRequest, Script } from '../../../local/testing/scripted-provider.ts';
import { startTestBed } from '../../support/test-bed.ts';

const BEARER = /\r\nauthorization: Bearer (\S+)\r\n/gi;

/** Starts a server that forwards all requests to the target, and records the access tokens in them. */
export async function startRelay(target: string) {
  const { hostname, port } = new URL(target);
  const tokens = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
    }
    far.pipe(near);
    near.on('data', (bytes) => {
      far.write(addressedTo(target, bytes));
      for (const [, token = ''] of bytes.toString('latin1').matchAll(BEARER)) tokens.add(token);
    });
  });
  const url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The relay has no TCP address.');
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
  return {
    url,
    tokens,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export type Stage = Awaited<ReturnType<typeof startStage>>;

/**
 * Starts a test bed for concurrent calls. Each tool sends a header that shows the emulated provider to which call a
 * request belongs.
 */
export async function startStage() {
  const bed = await startTestBed();
  const relay = await startRelay(bed.scalekit.url);
  const scripts = new Map<unknown, Script>();
  bed.provider.script = (request) => scripts.get(request.headers['x-words'])?.(request) ?? { status: 500 };
  return {
    bed,
    relay,
    scripts,
    received: (words: string): ProviderRequest[] =>
      bed.provider.requests.filter(({ headers }) => headers['x-words'] === words),
    close: () => Promise.all([relay.close(), bed.close()]),
  };
}

interface StoreAnswer {
  status: number;
  body: unknown;
}

/** Starts an emulated Secrets Manager. The test sets its response for each secret. */
export async function startSecretStore() {
  const answers = new Map<string, StoreAnswer | 'reset'>();
  const server = createHttpServer(async (request, response) => {
    const { SecretId }: { SecretId?: string } = JSON.parse(await text(request));
    const answer = answers.get(SecretId ?? '');
    if (answer === undefined || answer === 'reset') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return { url, close, answers };
}

/** Sets the `Host` header of a request to the host of `url`, because local servers reject all other names. */
function addressedTo(url: string, request: Buffer): Buffer {
  const text = request.toString('latin1').replace(/(\r\nhost: )[^\r\n]+/i, `$1${new URL(url).host}`);
  return Buffer.from(text, 'latin1');
}
