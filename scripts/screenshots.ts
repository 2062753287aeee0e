// Takes the screenshots of the console that README.md and docs/ show.
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { UsageError } from '../local/command-line/usage-error.ts';
import { startConsole } from '../local/console/start-console.ts';
import { startStack } from '../local/start-stack.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { readScreenshotsOptions } from './screenshots/read-screenshots-options.ts';
import { SCREENSHOT_VIEWS, type ScreenshotView } from './screenshots/views.ts';

const WIDTH_PIXELS = 1280;

async function main(): Promise<void> {
  const { out } = readScreenshotsOptions(process.argv.slice(2));
  await mkdir(out, { recursive: true });
  const browser = await launchChromium();
  try {
    for (const colorScheme of ['light', 'dark'] as const) await takeAll(colorScheme, out, browser);
  } finally {
    await browser.close();
  }
}

/**
 * Takes a screenshot of each view in one colour scheme. Each colour scheme gets a new stack, so that the first call is
 * always a cold start.
 */
async function takeAll(colorScheme: 'light' | 'dark', out: string, browser: Browser): Promise<void> {
  const stack = await startStack({ log: () => {} });
  const shown = await startConsole({ stack });
  try {
    for (const view of SCREENSHOT_VIEWS) {
      stack.scalekit?.reset();
      const path = join(out, `${view.name}-${colorScheme}.png`);
      await takeView(view, path, await browser.newPage(pageOptions(view, colorScheme)), shown.url);
      console.log(relative(process.cwd(), path));
    }
  } finally {
    await shown.close();
    await stack.close();
  }
}

function pageOptions({ heightPixels }: ScreenshotView, colorScheme: 'light' | 'dark') {
  const viewport = { width: WIDTH_PIXELS, height: heightPixels };
  return { colorScheme, reducedMotion: 'reduce', viewport } as const;
}

async function takeView(
  { hash, prepare }: ScreenshotView,
  path: string,
  page: Page,
  url: string,
): Promise<void> {
  await page.goto(`${url}/${hash}`);
  await prepare(page);
  // Moves the pointer away and removes the focus. Otherwise both would be visible where the last click was.
  await page.mouse.move(0, 0);
  await page.evaluate('document.activeElement.blur()');
  await page.screenshot({ path, animations: 'disabled' });
  await page.close();
}

await main().catch((error: unknown) => {
  process.exitCode = 1;
  console.error(error instanceof UsageError ? error.message : error);
});
