import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Starts a proxy in front of the server of `url`. The proxy delays the data of the client by `latencyMs`. */
export async function startDistance(url: string, latencyMs: number) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    near.on('data', (chunk) => setTimeout(() => far.write(chunk), latencyMs));
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
  // The server rejects requests for another port. The proxy therefore has the server's port, but another loopback
  // address.
  server.listen(Number(port), '127.0.0.2');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.2:${port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
