import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityViolations } from '../../support/accessibility-violations.ts';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({
  needs: ['gmail_list_unread', 'gmail_triage_inbox', 'gmail_remove_filter', 'hubspot_get_contact_timeline'],
});

async function call(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.locator('.answer').waitFor();
}

/** The main views of the console. Each has a name, a hash for the URL, and the actions before the check. */
const VIEWS: readonly (readonly [name: string, hash: string, prepare: (page: Page) => Promise<unknown>])[] = [
  [
    'a tool before its call',
    '#/tools/gmail_remove_filter',
    (page) => page.getByText('More about the caller').click(),
  ],
  ['a response', '#/tools/gmail_triage_inbox', call],
  [
    'a rejected call',
    '#/tools/hubspot_get_contact_timeline',
    async (page) => {
      await page.getByRole('button', { name: 'JSON' }).click();
      await page.getByLabel('The input as JSON').fill('{"contact_id": 1}');
      await page.getByRole('button', { name: 'Form' }).click();
      await call(page);
      await page.locator('.answer').getByRole('tab', { name: 'Raw' }).click();
    },
  ],
  [
    'a retried call',
    '#/tools/gmail_list_unread',
    async (page) => {
      shown.stack.scalekit.addFault({ connection: 'gmail', times: 1, answer: { status: 503 } });
      await call(page);
    },
  ],
  [
    'a contract',
    '#/tools/gmail_triage_inbox',
    async (page) => {
      await page.getByRole('tab', { name: 'Contract' }).click();
      await page.getByText('JSON Schema of the output').click();
    },
  ],
  [
    'a call as code',
    '#/tools/gmail_list_unread',
    async (page) => {
      await page.getByRole('tab', { name: 'As code' }).click();
      await page.locator('.snippets pre').waitFor();
    },
  ],
  [
    'recent calls',
    '#/calls',
    async (page) => {
      await shown.stack.call('user_ada', 'gmail_list_unread');
      await page.getByRole('row', { name: 'gmail_list_unread' }).first().getByRole('link').click();
      await page.locator('.answer').waitFor();
    },
  ],
  ['accounts', '#/accounts', (page) => page.getByRole('region', { name: 'Accounts' }).waitFor()],
  [
    'faults',
    '#/faults',
    async (page) => {
      await page.getByRole('switch').first().click();
      await page.getByText('2 more to come').waitFor();
    },
  ],
];

test.each(VIEWS)(
  'the view of %s has no axe violations and fits into the window, in both colour modes and both widths',
  async (_, hash, prepare) => {
    const page = await shown.open(hash);
    await prepare(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1440]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 900 });
        expect(await accessibilityViolations(page), `${colorScheme}, ${width} pixels`).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    }
  },
);
