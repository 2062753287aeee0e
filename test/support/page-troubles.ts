import type { BrowserContext, Page } from 'playwright-core';

const OWN_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/**
 * Collects a page's faults that a test would not notice: errors in the browser's console, errors of scripts, and
 * unwanted or failed requests.
 */
export class PageTroubles {
  readonly #found: string[] = [];

  constructor(context: BrowserContext) {
    context.on('page', (page) => this.#watch(page));
  }

  /**
   * Returns the faults that the test did not cause on purpose. @param expected matches the faults that it causes on
   * purpose
   */
  others(expected: RegExp | undefined): string[] {
    return this.#found.filter((trouble) => !expected?.test(trouble));
  }

  #watch(page: Page): void {
    page.on('console', (message) => {
      // Violations of the content security policy are also reported in the console.
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
