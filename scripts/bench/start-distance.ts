import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A server that is so far away: what a client sends to it arrives at the server of `url` that much later. */
export async function startDistance(url: string, latencyMs: number) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    near.on('data', (chunk) => setTimeout(() => far.write(addressedTo(url, chunk)), latencyMs));
    far.on('data', (chunk) => near.write(chunk));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Names the server of `url` in the `Host` header of a request, because servers on this machine refuse other names. */
export function addressedTo(url: string, request: Buffer): Buffer {
  const text = request.toString('latin1').replace(/(\r\nhost: )[^\r\n]+/i, `$1${new URL(url).host}`);
  return Buffer.from(text, 'latin1');
}
