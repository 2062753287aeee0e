import { createServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

/**
 * Starts a server that counts its connections. It can end its connections without the client's knowledge, as happens
 * when a client is frozen.
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
  // No time limit, because only the client decides how long a connection stays open.
  server.keepAliveTimeout = 0;
  const { url, close } = await listenOnLoopback(server, 0);
  return {
    url,
    close,
    get connections() {
      return connections;
    },
    /** The number of requests that were sent on an ended connection. */
    get attemptsOnDead() {
      return attemptsOnDead;
    },
    /** Ends the current connections: resets every later request on them, without reading the request. */
    killConnections() {
      for (const socket of living) dead.add(socket);
    },
    closeConnections() {
      for (const socket of living) socket.destroy();
    },
  };
}
