import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

/**
 * Starts a server that counts its connections. It can make its connections unusable without the client's knowledge.
 * This also happens when a client is frozen.
 */
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
  // The server has no time limit, because only the client must decide how long a connection stays open.
  server.keepAliveTimeout = 0;
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    close,
    get connections() {
      return connections;
    },
    /** The number of requests that clients sent on unusable connections. */
    get attemptsOnDead() {
      return attemptsOnDead;
    },
    /** Makes the current connections unusable: the server resets a connection as soon as a request arrives on it. */
    killConnections() {
      for (const socket of living) dead.add(socket);
    },
    closeConnections() {
      for (const socket of living) socket.destroy();
    },
  };
}
