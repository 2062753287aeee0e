import { once } from 'node:events';
import type { Server } from 'node:http';

export interface Listener {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** Rejects with the system's own error, so that a caller can tell a taken port (`EADDRINUSE`) from the rest. */
export async function listenOnLoopback(server: Server, port: number): Promise<Listener> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
