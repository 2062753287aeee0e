import type { BrowserContext, Page } from 'playwright-core';

const OWN_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/** Collects hidden faults of a browser's pages, which occur in the console, the network and the scripts. */
export class PageTroubles {
  readonly #found: string[] = [];

  constructor(context: BrowserContext) {
    context.on('page', (page) => this.#watch(page));
  }

  /** @param expected matches the faults that the test causes on purpose */
  others(expected: RegExp | undefined): string[] {
    return this.#found.filter((trouble) => !expected?.test(trouble));
  }

  #watch(page: Page): void {
    page.on('console', (message) => {
      // The console also reports violations of the content security policy.
      if (['error', 'warning'].includes(message.type())) this.#found.push(message.text());
    });
    page.on('pageerror', (error) => this.#found.push(error.stack ?? error.message));
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'data:' && !OWN_HOSTS.has(hostname)) this.#found.push(`${request.url()} was asked`);
    });
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'failed';
      // The page cancels a request whose response it does not need any more.
      if (reason !== 'net::ERR_ABORTED') this.#found.push(`${request.url()}: ${reason}`);
    });
  }
}
