import { glob } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LocalProvider, StartLocalProvider } from './local-provider.ts';

interface Running {
  start: StartLocalProvider;
  port: number;
  provider: LocalProvider;
}

/** The emulated providers of a project, each on its own port. */
export class LocalProviders {
  readonly #project: string;
  readonly #running = new Map<string, Running>();

  /** @param project an absolute path */
  constructor(project: string) {
    this.#project = project;
  }

  /** The running providers, in the order in which they were started. */
  get all(): LocalProvider[] {
    return [...this.#running.values()].map(({ provider }) => provider);
  }

  /**
   * Starts the providers that are not running. Restarts the providers whose code has changed, on the same
   * port.
   * @param startAt starts a new provider; `place` is the number of providers that were started earlier
   * @returns the providers that were started or restarted
   */
  async startOrRestart(
    startAt: (
      place: number,
      connector: string,
      start: (port: number) => Promise<LocalProvider>,
    ) => Promise<LocalProvider>,
  ): Promise<LocalProvider[]> {
    const started: LocalProvider[] = [];
    for (const { connector, start } of await discoverProviders(this.#project)) {
      const running = this.#running.get(connector);
      if (running?.start === start) continue;
      await running?.provider.close();
      const provider = running
        ? await start({ port: running.port })
        : await startAt(this.#running.size, connector, (port) => start({ port }));
      this.#running.set(connector, { start, port: Number(new URL(provider.url).port), provider });
      started.push(provider);
    }
    return started;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((provider) => provider.close()));
  }
}

/**
 * Finds the emulated providers, `functions/<connector>/local/provider.ts`.
 * @param project an absolute path
 */
async function discoverProviders(
  project: string,
): Promise<{ connector: string; start: StartLocalProvider }[]> {
  const providers: { connector: string; start: StartLocalProvider }[] = [];
  for await (const file of glob('functions/*/local/provider.ts', { cwd: project })) {
    const { start }: { start: StartLocalProvider } = await import(pathToFileURL(join(project, file)).href);
    providers.push({ connector: basename(dirname(dirname(file))), start });
  }
  return providers.sort((one, other) => one.connector.localeCompare(other.connector));
}
