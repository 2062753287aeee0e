import { type EventEmitter, once } from 'node:events';
import type { Server } from 'node:net';
import { guardRequests } from './request-guard.ts';

export interface Listener {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** An HTTP server. It parses HTTP itself, or passes its connections to other servers that parse HTTP. */
interface HttpServer extends Server {
  /** The servers that parse HTTP; by default the server itself. */
  readonly parsers?: readonly EventEmitter[];
  closeAllConnections(): void;
}

interface ListenOptions {
  /** Paths to which any website may link. Requests to these paths only show a page to a person. */
  linkedPaths?: RegExp;
}

/**
 * Listens on 127.0.0.1, and rejects requests that web pages may have caused. Every server of the local stack
 * starts with this function.
 * @param port 0 for any free port
 * @throws the error of the operating system, for example with the code `EADDRINUSE`
 */
export async function listenOnLoopback(
  server: HttpServer,
  port: number,
  { linkedPaths }: ListenOptions = {},
): Promise<Listener> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const listeningPort = portOf(server);
  for (const parser of server.parsers ?? [server]) guardRequests(parser, listeningPort, linkedPaths);
  return {
    port: listeningPort,
    url: `http://127.0.0.1:${listeningPort}`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The port of a listening server. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return address.port;
}
