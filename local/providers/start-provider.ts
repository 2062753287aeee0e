import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:net';
import { portOf } from '../listen-on-loopback.ts';
import { guardRequests } from '../request-guard.ts';
import type { LocalExamples, LocalProvider } from './local-provider.ts';
import { type Rewrite, startTokenGuard, type TokenRefusal } from './token-guard.ts';

interface RunningEmulator {
  url: string;
  reset(): void | Promise<void>;
  close(): Promise<void>;
}

interface ProviderOptions {
  connector: LocalProvider['connector'];
  grants: LocalProvider['grants'];
  examples?: LocalExamples;
  /** Starts the emulator on any free port. */
  emulate(): Promise<RunningEmulator>;
  /** Creates data that the seed of the emulator cannot contain, by requests to the provider's API. */
  arrange?(upstreamUrl: string): Promise<void>;
  refuse(token: string | undefined): TokenRefusal;
  rewrite?: Rewrite;
}

export async function startProvider(options: ProviderOptions, port: number): Promise<LocalProvider> {
  const emulator = await guardOpenedServers(options.emulate);
  const upstreamUrl = `http://127.0.0.1:${new URL(emulator.url).port}`;
  try {
    await options.arrange?.(upstreamUrl);
    const guard = await startTokenGuard({
      connector: options.connector,
      port,
      upstreamUrl,
      tokens: new Set(options.grants.map((grant) => grant.accessToken)),
      refuse: options.refuse,
      ...(options.rewrite && { rewrite: options.rewrite }),
    });
    return {
      connector: options.connector,
      url: guard.url,
      grants: options.grants,
      ...(options.examples && { examples: options.examples }),
      async reset() {
        await emulator.reset();
        await options.arrange?.(upstreamUrl);
      },
      async close() {
        await Promise.all([guard.close(), emulator.close()]);
      },
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

const opening = new AsyncLocalStorage<true>();

// https://nodejs.org/api/diagnostics_channel.html#event-tracingnetserverlistenasyncstart
subscribe('tracing:net.server.listen:asyncStart', (message) => {
  const server = typeof message === 'object' && message !== null && 'server' in message && message.server;
  if (!opening.getStore() || !(server instanceof Server)) return;
  server.once('listening', () => guardRequests(server, portOf(server)));
});

/**
 * Runs `open`, which lets a package start HTTP servers. Each of these servers gets the guard that our own
 * servers have.
 */
function guardOpenedServers<Result>(open: () => Promise<Result>): Promise<Result> {
  return opening.run(true, open);
}
