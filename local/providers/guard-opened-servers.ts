import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:net';
import { portOf } from '../listen-on-loopback.ts';
import { guardRequests } from '../request-guard.ts';

const opening = new AsyncLocalStorage<true>();

// https://nodejs.org/api/diagnostics_channel.html#event-tracingnetserverlistenasyncstart
subscribe('tracing:net.server.listen:asyncStart', (message) => {
  const server = typeof message === 'object' && message !== null && 'server' in message && message.server;
  if (!opening.getStore() || !(server instanceof Server)) return;
  server.once('listening', () => guardRequests(server, portOf(server)));
});

/** Runs code of a package that opens its HTTP servers itself, and guards them like ours. */
export function guardOpenedServers<Result>(open: () => Promise<Result>): Promise<Result> {
  return opening.run(true, open);
}
