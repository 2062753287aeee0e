import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread', 'gmail_triage_inbox', 'slack_send_message'] });

async function call(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.locator('.outcome').waitFor();
}

/** Returns the text of each row: label, result and time. */
async function rowsOf(page: Page): Promise<string[]> {
  const rows = await page.getByRole('table', { name: 'The steps of the call' }).getByRole('row').all();
  return Promise.all(rows.map(async (row) => (await row.innerText()).replace(/\s+/g, ' ').trim()));
}

/** Returns the position and the size of a row's bar, in pixels. */
async function barOf(page: Page, kind: string, index = 0) {
  const box = await page.locator(`.bar-${kind}`).nth(index).boundingBox();
  if (!box) throw new Error(`There is no bar ${kind}.`);
  return { start: box.x, end: box.x + box.width };
}

const TIME = String.raw`[\d.,]+ ms`;

test('before the first call, each step is explained, and a tool that reads has no step `key`', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');

  expect(await page.locator('.step-guide b').allTextContents()).toEqual([
    'recognise',
    'identify',
    'validate',
    'account',
    'run',
    'fit',
    'answer',
  ]);
  await page.getByRole('link', { name: 'send_message' }).click();
  await page.locator('.step-guide b', { hasText: 'key' }).waitFor();
});

test('a successful call shows each step with its time and its requests', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  await call(page);

  const rows = await rowsOf(page);
  for (const step of ['recognise', 'identify', 'validate', 'account', 'run', 'fit', 'answer'])
    expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^✓ ?${step}.* ${TIME}$`)));
  const run = rows.findIndex((row) => /^✓ ?run/.test(row));
  expect(rows[run + 1]).toMatch(new RegExp(`^provider GET .*/messages.* ✓ 200 ${TIME}$`));
  const step = await barOf(page, 'step-done', 4);
  const request = await page.locator('tr.request .bar').last().boundingBox();
  expect(request?.x).toBeGreaterThanOrEqual(step.start);
  expect((request?.x ?? 0) + (request?.width ?? 0)).toBeLessThanOrEqual(step.end + 3);
});

test('the bar of a short step is visible and inside the chart', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  shown.stack.scalekit.addFault({ connection: 'gmail', latencyMs: 1_500, times: 1 });
  await call(page);

  const track = await page.locator('.bar-track').first().boundingBox();
  for (const bar of await page.locator('.bar').all()) {
    const box = await bar.boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(3);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((track?.x ?? 0) + (track?.width ?? 0) + 1);
  }
  const ticks = await page.locator('.axis-tick').allTextContents();
  expect(ticks[0]).toBe('0');
  expect(ticks.at(-1)).toMatch(/^[1-9],000 ms$/);
});

test('steps after a failed step are shown as not reached', async () => {
  const page = await shown.open('#/tools/gmail_triage_inbox');
  await page.getByLabel('max_results').fill('0');
  await call(page);

  const rows = await rowsOf(page);
  expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^✕ ?validate.* failed ${TIME}$`)));
  for (const step of ['account', 'run', 'fit'])
    expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^– ?${step}.* not reached$`)));
  expect(await page.locator('tr.step-not-reached .bar').count()).toBe(0);
});

test('each attempt is shown with its status, and the waits between attempts', async () => {
  // Without this header, a random wait may be so short that it gets no row.
  const headers = { 'retry-after': '1' };
  shown.stack.scalekit.addFault({ connection: 'gmail', times: 2, answer: { status: 503, headers } });
  const page = await shown.open('#/tools/gmail_list_unread');
  await call(page);

  const rows = (await rowsOf(page)).filter((row) => /provider|waiting/.test(row));
  expect(rows).toEqual([
    expect.stringMatching(/✕ 503/),
    expect.stringMatching(new RegExp(`^waiting to retry ${TIME}$`)),
    expect.stringMatching(/✕ 503/),
    expect.stringMatching(new RegExp(`^waiting to retry ${TIME}$`)),
    expect.stringMatching(/✓ 200/),
  ]);
  const [failed, waiting, again] = [
    await barOf(page, 'request-failed', 0),
    await barOf(page, 'waiting', 0),
    await barOf(page, 'request-failed', 1),
  ];
  expect(failed.start).toBeLessThan(waiting.end);
  expect(waiting.end).toBeLessThanOrEqual(again.start + 3);
});

test('a lost connection is shown with its reason', async () => {
  shown.stack.scalekit.addFault({ connection: 'gmail', drop: 'after-read' });
  const page = await shown.open('#/tools/gmail_list_unread');
  await call(page);

  const failed = page.locator('tr.request-failed').first();
  expect(await failed.innerText()).toMatch(/✕ no response/);
  expect(await failed.locator('.request-error').innerText()).not.toBe('');
});
