import { expect, test } from 'vitest';
import { projectTools } from '../../support/project-tools.ts';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread', 'gmail_triage_inbox', 'gmail_remove_filter'] });

const path = (url: string) => new URL(url).hash;

test('the list shows all tools by connector, with their effects', async () => {
  const page = await shown.open();
  const list = page.getByRole('navigation', { name: 'Tools' });

  await list.getByRole('link').first().waitFor();
  expect(await list.getByRole('link').count()).toBe(projectTools.length);
  const gmail = projectTools.filter(({ connector }) => connector.name === 'gmail');
  const group = list.getByRole('group').filter({ hasText: `gmail ${gmail.length}` });
  expect(await group.getByRole('link').count()).toBe(gmail.length);
  expect(await group.getByRole('link', { name: 'remove_filter' }).textContent()).toContain('delete');
  await group.locator('summary').click();
  expect(await group.getByRole('link').count()).toBe(0);
});

test('the filter shows the tools that match all words, and a message if no tool matches', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  const list = page.getByRole('navigation', { name: 'Tools' });

  await list.getByRole('searchbox').fill('gmail delete');
  expect(await list.getByRole('link').allTextContents()).toEqual([expect.stringMatching(/^remove_filter/)]);
  await list.getByRole('searchbox').fill('gmail nothing-has-this');
  await list.getByText('No tool matches all of these words.').waitFor();
  await page.keyboard.press('Escape');
  expect(await list.getByRole('link').count()).toBe(projectTools.length);
});

test('the keyboard can filter the tools and move through the list', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  const focused = () => page.locator(':focus').textContent();

  await page.keyboard.press('/');
  await page.keyboard.type('triage inbox');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Triage inbox' }).waitFor();
  expect(path(page.url())).toBe('#/tools/gmail_triage_inbox');

  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const first = await focused();
  await page.keyboard.press('ArrowDown');
  expect(await focused()).not.toBe(first);
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe(first);
  await page.keyboard.press('End');
  expect(await focused()).toContain(projectTools.at(-1)?.name.replace(/^[^_]+_/, ''));
  // In a text field, `/` is an ordinary character, not a shortcut.
  await page.getByLabel('User').fill('');
  await page.keyboard.type('a/b');
  expect(await page.getByLabel('User').inputValue()).toBe('a/b');
});

test('each tool has a URL, and the back button returns to it', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');

  await page.getByRole('heading', { level: 1, name: 'List unread' }).waitFor();
  expect(await page.title()).toContain('gmail_list_unread');
  expect(await page.locator('[aria-current=page]', { hasText: 'list_unread' }).count()).toBe(1);
  await page.getByRole('link', { name: 'triage_inbox' }).click();
  await page.getByRole('heading', { level: 1, name: 'Triage inbox' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'List unread' }).waitFor();
});

test('the list scrolls to the tool in the URL, and a narrow window scrolls to the contract of this tool', async () => {
  const last = projectTools.at(-1)?.name ?? '';
  const page = await shown.open(`#/tools/${last}`, { viewport: { width: 1280, height: 500 } });
  const link = page.locator('.tool-list [aria-current]');
  await link.waitFor();
  await expect.poll(async () => (await link.boundingBox())?.y).toBeLessThan(500);

  await page.setViewportSize({ width: 360, height: 500 });
  await page.locator('a[href="#/tools/gmail_list_unread"]').click();
  const heading = page.getByRole('heading', { level: 1, name: 'List unread' });
  await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(100);
});

test('a URL without a tool shows a tool that can be called at once, and an unknown tool is reported', async () => {
  const page = await shown.open();

  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('✓ ok').waitFor();
  await page.goto(`${shown.url}/#/tools/gmail_nothing`);
  await page.getByText('There is no tool gmail_nothing.').waitFor();
});

test('the contract is shown as tables and as JSON Schema', async () => {
  const page = await shown.open('#/tools/gmail_triage_inbox');
  await page.getByRole('tab', { name: 'Contract' }).click();

  const input = page.getByRole('region', { name: 'Input of the contract' });
  const row = input.getByRole('row', { name: 'max_results' });
  expect(await row.innerText()).toMatch(/optional[\s\S]*integer 1 to 25; default 10[\s\S]*How many items/);
  const output = page.getByRole('region', { name: 'Output of the contract' });
  const subject = output.getByRole('row', { name: 'subject' });
  expect(await subject.innerText()).toMatch(/required[\s\S]*string or null/);
  await page.getByText('JSON Schema of the input').click();
  const schema = page.getByRole('region', { name: 'JSON Schema of the input' });
  expect(JSON.parse(await schema.innerText())).toMatchObject({
    properties: { max_results: { maximum: 25 } },
  });
  for (const fact of ['https://www.googleapis.com/auth/gmail.readonly', 'functions/gmail/triage-inbox.ts'])
    await page.getByText(fact, { exact: true }).waitFor();
});

test('the skip link moves the focus past the header', async () => {
  const page = await shown.open('#/accounts');

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('main');
});
