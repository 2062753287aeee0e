import { discoverProviders } from './discover-providers.ts';
import type { LocalProvider, StartLocalProvider } from './local-provider.ts';

interface Running {
  start: StartLocalProvider;
  port: number;
  provider: LocalProvider;
}

/** The emulated providers of a project, each on a port of its own. */
export class LocalProviders {
  readonly #project: string;
  readonly #running = new Map<string, Running>();

  /** @param project an absolute path */
  constructor(project: string) {
    this.#project = project;
  }

  /** Those that run, in the order of their start. */
  get all(): LocalProvider[] {
    return [...this.#running.values()].map(({ provider }) => provider);
  }

  /**
   * Starts those that do not run yet, and anew, at their ports, those whose code is another one now.
   * @param startAt starts one at the port of the stack that has this place among the providers
   * @returns the ones that it started
   */
  async take(
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
