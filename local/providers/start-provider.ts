import { guardOpenedServers } from './guard-opened-servers.ts';
import type { LocalExamples, LocalProvider } from './local-provider.ts';
import { type Refusal, type Rewrite, startTokenGuard } from './token-guard.ts';

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
  /** Builds, over the provider's own API, what the seed of the emulator has no words for. */
  arrange?(upstreamUrl: string): Promise<void>;
  refuse(token: string | undefined): Refusal;
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
