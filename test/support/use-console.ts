import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { type LocalConsole, startConsole } from '../../local/console/start-console.ts';
import { launchChromium, runsInChromium } from './chromium.ts';
import { PageTroubles } from './page-troubles.ts';
import { hasTools } from './project-tools.ts';
import { startStackForTest } from './start-stack-for-test.ts';

type Stack = Awaited<ReturnType<typeof startStackForTest>>;

const canRun = runsInChromium();

/**
 * Opens the console of a local stack in a real browser, for all tests of a file. The stack is reset before each test.
 * A test also fails if the page logs an error, violates its content security policy, or sends a request to another
 * machine.
 * @param needs the tools that the tests need; a project without these tools skips the tests
 */
export function useConsole({ needs = [] }: { needs?: readonly string[] } = {}) {
  vi.setConfig({ testTimeout: 60_000 });
  let stack: Stack;
  let shown: LocalConsole;
  let browser: Browser;
  let opened: { context: BrowserContext; troubles: PageTroubles }[] = [];
  let expected: RegExp | undefined;

  beforeAll(async () => {
    if (!canRun) return undefined;
    [stack, browser] = await Promise.all([startStackForTest(), launchChromium()]);
    shown = await startConsole({ stack });
    return async () => {
      await browser.close();
      await shown.close();
      await stack.close();
    };
  });
  beforeEach(async ({ skip }) => {
    skip(!canRun, 'There is no Chromium on this machine.');
    skip(!hasTools(...needs), 'The project lacks a tool of these tests.');
    await Promise.all(stack.providers.map((provider) => provider.reset()));
    stack.scalekit.reset();
    expected = undefined;
  });
  afterEach(async () => {
    const troubles = opened.flatMap((one) => one.troubles.others(expected));
    await Promise.all(opened.map(({ context }) => context.close()));
    opened = [];
    expect(troubles).toEqual([]);
  });

  return {
    /** False if there is no Chromium. The tests of the file are then skipped. */
    canRun,
    get stack() {
      return stack;
    },
    get url() {
      return shown.url;
    },
    /** Closes the console's server, as at the end of `npm start`. */
    stop: () => shown.close(),
    /** Restarts the server on the same port. */
    async startAgain() {
      shown = await startConsole({ stack, port: Number(new URL(shown.url).port) });
    },
    /** Allows faults that the test causes on purpose. */
    expectTrouble(trouble: RegExp) {
      expected = trouble;
    },
    /** Opens a view in a new browser context. */
    async open(hash = '', options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      context.setDefaultTimeout(20_000);
      opened.push({ context, troubles: new PageTroubles(context) });
      const page = await context.newPage();
      await page.goto(`${shown.url}/${hash}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  };
}
