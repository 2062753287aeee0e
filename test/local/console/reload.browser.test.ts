import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityViolations } from '../../support/accessibility-violations.ts';
import { launchChromium, runsInChromium } from '../../support/chromium.ts';
import { copyProject } from '../../support/copy-project.ts';
import { startNpmStart } from '../../support/npm-start.ts';
import { PageTroubles } from '../../support/page-troubles.ts';
import { hasTools } from '../../support/project-tools.ts';

const canRun = runsInChromium() && hasTools('gmail_list_unread');
const TOOL = 'functions/gmail/list-unread.ts';
const NEW_TOOL = 'functions/gmail/list-newest.ts';
// The page must show a change within this time after a file is saved.
const TAKEN_UP = { timeout: 2_000 };

let project: Awaited<ReturnType<typeof copyProject>>;
let running: Awaited<ReturnType<typeof startNpmStart>>;
let browser: Browser;
let page: Page;
let troubles: PageTroubles;
let source: string;
beforeAll(async () => {
  if (!canRun) return;
  project = await copyProject();
  source = await readFile(join(project.copy, TOOL), 'utf8');
  [running, browser] = await Promise.all([startNpmStart(project.copy), launchChromium()]);
  const context = await browser.newContext();
  troubles = new PageTroubles(context);
  page = await context.newPage();
  await page.goto(`${running.url(7)}/#/tools/gmail_list_unread`);
  await page.getByRole('heading', { level: 1, name: /list unread/i }).waitFor();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  await project?.remove();
});
afterEach(() => expect(troubles.others(undefined)).toEqual([]));

const save = (file: string, text: string) => writeFile(join(project.copy, file), text);

describe.skipIf(!canRun)('the console, while files change', () => {
  test('shows a changed contract, and does not change the input', async () => {
    await page.getByLabel('max_results').fill('7');

    await save(TOOL, source.replace('newest first', 'the newest ones first'));

    await page.getByText('the newest ones first').waitFor(TAKEN_UP);
    await page.getByText('Tools reloaded: gmail_list_unread.').waitFor();
    expect(await page.getByLabel('max_results').inputValue()).toBe('7');
  }, 30_000);

  test('shows a new tool, which can be called', async () => {
    await save(NEW_TOOL, source.replace('gmail_list_unread', 'gmail_list_newest'));

    const link = page.getByRole('link', { name: /list_newest/ });
    await link.waitFor(TAKEN_UP);
    await link.click();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.locator('.answer').waitFor();
    expect(await page.locator('.result').innerText()).toMatch(/\bok\b/);
  }, 30_000);

  test('reports a file that cannot be loaded, until the file is fixed', async () => {
    await save(NEW_TOOL, `${source}\n(`);
    const problem = page.getByText(/cannot be imported: .+ \(functions\/gmail\/list-newest\.ts:\d+\)/);
    await problem.waitFor(TAKEN_UP);
    expect(await accessibilityViolations(page)).toEqual([]);
    // The console still has the last version that worked.
    expect(await page.getByRole('link', { name: /list_newest/ }).count()).toBe(1);

    await save(NEW_TOOL, source.replace('gmail_list_unread', 'gmail_list_newest'));
    await problem.waitFor({ state: 'hidden', ...TAKEN_UP });
  }, 30_000);

  test('removes a deleted tool, even if it is selected', async () => {
    await rm(join(project.copy, NEW_TOOL));

    await page.getByRole('heading', { level: 1, name: 'No such tool' }).waitFor(TAKEN_UP);
  }, 30_000);

  test('shows which changes need a restart of npm start', async () => {
    const file = 'lib/text/clean-text.ts';
    await save(file, `${await readFile(join(project.copy, file), 'utf8')}\n`);

    await page.getByText(file).waitFor(TAKEN_UP);
  }, 30_000);
});
