import { expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread', 'gmail_list_filters'] });

test('a call from another program appears in the list and can be opened', async () => {
  const page = await shown.open('#/calls');
  await page.getByRole('heading', { name: 'Recent calls' }).waitFor();
  await page.getByText('There are no calls yet.').waitFor();

  await shown.stack.call('user_ada', 'gmail_list_unread', { max_results: 1 });
  const row = page.getByRole('row', { name: 'gmail_list_unread' });
  expect(await row.innerText()).toMatch(
    /user_ada through http, from elsewhere[\s\S]*✓ ok\s+[\d.,]+ ms\s+[\d:]+/,
  );
  await row.getByRole('link').click();
  await page.getByRole('table', { name: 'The steps of the call' }).waitFor();
  await page.locator('.json-tree').getByText('messages').waitFor();
  expect(page.url()).toMatch(/#\/calls\/.+/);

  const again = await shown.open(new URL(page.url()).hash);
  await again.locator('.json-tree').getByText('messages').waitFor();
});

test('only calls from other programs are marked, and a failed call shows its error code', async () => {
  const page = await shown.open('#/tools/gmail_list_filters');
  await page.getByLabel('max_results').fill('0');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.locator('.outcome').waitFor();

  await page.getByRole('link', { name: 'Recent calls' }).click();
  const row = page.getByRole('row', { name: 'gmail_list_filters' });
  expect(await row.innerText()).toContain('✕ invalid_input');
  expect(await row.innerText()).not.toContain('from elsewhere');
});

test('the page reports that a call is no longer stored', async () => {
  shown.expectTrouble(/status of 404/);
  const page = await shown.open('#/calls/nothing');

  expect(await page.getByRole('alert').innerText()).toBe('This call is no longer available.');
});
