import type { BrowserContext, Page } from 'playwright-core';

const OWN_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/** What goes wrong in the pages of a browser where nobody would look: in its console, in its network, in its scripts. */
export class PageTroubles {
  readonly #found: string[] = [];

  constructor(context: BrowserContext) {
    context.on('page', (page) => this.#watch(page));
  }

  /** @param expected what a test brings about itself */
  others(expected: RegExp | undefined): string[] {
    return this.#found.filter((trouble) => !expected?.test(trouble));
  }

  #watch(page: Page): void {
    page.on('console', (message) => {
      // A violation of the content security policy is told there as well.
      if (['error', 'warning'].includes(message.type())) this.#found.push(message.text());
    });
    page.on('pageerror', (error) => this.#found.push(error.stack ?? error.message));
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'data:' && !OWN_HOSTS.has(hostname)) this.#found.push(`${request.url()} was asked`);
    });
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'failed';
      // The page itself gives up what it needs no more.
      if (reason !== 'net::ERR_ABORTED') this.#found.push(`${request.url()}: ${reason}`);
    });
  }
}
