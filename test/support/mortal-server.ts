import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

/** A server that counts its connections, and can let those of now die as they do behind a frozen client: without a word. */
export async function startMortalServer(listener: RequestListener) {
  const dead = new WeakSet<Socket>();
  const living = new Set<Socket>();
  let connections = 0;
  let attemptsOnDead = 0;
  const server = createServer((request, response) => {
    if (!dead.has(request.socket)) return listener(request, response);
    attemptsOnDead += 1;
    request.socket.resetAndDestroy();
  });
  server.on('connection', (socket) => {
    connections += 1;
    living.add(socket);
    socket.once('close', () => living.delete(socket));
  });
  // The client's side of a connection decides how long it is kept.
  server.keepAliveTimeout = 0;
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    close,
    get connections() {
      return connections;
    },
    /** Requests that went out on a connection that had died. */
    get attemptsOnDead() {
      return attemptsOnDead;
    },
    /** From now on whatever comes on a connection of before is answered with a reset, unread. */
    killConnections() {
      for (const socket of living) dead.add(socket);
    },
    closeConnections() {
      for (const socket of living) socket.destroy();
    },
  };
}
