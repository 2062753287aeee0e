import type { Page } from 'playwright-core';

/** A view of the console that the documents show. */
export interface ScreenshotView {
  /** The start of the file name, before `-light.png` and `-dark.png`. */
  name: string;
  hash: string;
  heightPixels: number;
  /** The actions on the page before the screenshot. */
  prepare: (page: Page) => Promise<void>;
}

const TWICE = 'The provider fails twice';

/** The views that README.md and docs/ show. */
export const SCREENSHOT_VIEWS: readonly ScreenshotView[] = [
  {
    name: 'console-call',
    hash: '#/tools/gmail_triage_inbox',
    heightPixels: 740,
    async prepare(page) {
      await turnOn(page, TWICE);
      await page.getByLabel('max_results').fill('3');
      await page.getByRole('button', { name: 'Call', exact: true }).click();
      await page.locator('.answer').waitFor();
    },
  },
  {
    name: 'console-accounts',
    hash: '#/accounts',
    heightPixels: 580,
    prepare: (page) => page.getByRole('region', { name: 'Accounts' }).waitFor(),
  },
  {
    name: 'console-faults',
    hash: '#/faults',
    heightPixels: 800,
    async prepare(page) {
      await page.getByRole('switch', { name: TWICE }).click();
      await page.getByRole('switch', { name: 'The provider is slow' }).click();
      await page.getByText('until you end it').waitFor();
    },
  },
];

/** Opens the view of the faults, switches on a fault, and returns to the previous view. */
async function turnOn(page: Page, fault: string): Promise<void> {
  await page.getByRole('link', { name: 'Faults' }).click();
  await page.getByRole('switch', { name: fault }).click();
  await page.getByText('2 more to come').waitFor();
  await page.goBack();
}
