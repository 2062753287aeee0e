import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread', 'slack_send_message'] });

/** Returns the table cell of a user and a connector. */
async function cellOf(page: Page, user: string, connector: string) {
  const table = page.getByRole('region', { name: 'Accounts' });
  await table.getByRole('row', { name: user }).waitFor();
  const connectors = await table.getByRole('columnheader').allTextContents();
  return table
    .getByRole('row', { name: user })
    .getByRole('cell')
    .nth(connectors.indexOf(connector) - 1);
}

async function waitForStatus(page: Page, user: string, connector: string, status: string): Promise<void> {
  const cell = await cellOf(page, user, connector);
  await cell.getByText(status, { exact: true }).waitFor();
}

test('the panel of accounts shows the status of every account as a word', async () => {
  const page = await shown.open('#/accounts');

  await waitForStatus(page, 'user_ada', 'gmail', 'ACTIVE');
  await waitForStatus(page, 'user_grace', 'gmail', 'none');
  await waitForStatus(page, 'user_expired', 'slack', 'EXPIRED');
  await waitForStatus(page, 'user_pending', 'slack', 'PENDING_AUTH');
});

test('a user connects an account on the consent page, and the panel then shows the new status', async () => {
  const page = await shown.open('#/accounts');
  const cell = await cellOf(page, 'user_grace', 'gmail');

  const [consent] = await Promise.all([
    page.waitForEvent('popup'),
    cell.getByRole('button', { name: /^Connect/ }).click(),
  ]);
  await page.getByRole('link', { name: 'open the consent page' }).waitFor();
  await waitForStatus(page, 'user_grace', 'gmail', 'PENDING_AUTH');
  await consent.getByRole('button').click();
  await consent.getByLabel('Who is signed in').selectOption('user_grace');
  await consent.getByRole('button', { name: 'Finish' }).click();
  await consent.getByText('The account of user_grace on gmail is ACTIVE.').waitFor();
  await waitForStatus(page, 'user_grace', 'gmail', 'ACTIVE');
});

test('accounts can be expired and disconnected, and calls of tools then fail', async () => {
  const page = await shown.open('#/accounts');
  const cell = await cellOf(page, 'user_ada', 'gmail');

  await cell.getByRole('button', { name: 'Expire the account of user_ada on gmail' }).click();
  await waitForStatus(page, 'user_ada', 'gmail', 'EXPIRED');
  const refused = await shown.stack.call('user_ada', 'gmail_list_unread');
  expect(refused.error).toMatchObject({ code: 'authorization_required', account_status: 'EXPIRED' });
  await cell.getByRole('button', { name: /^Disconnect/ }).click();
  await waitForStatus(page, 'user_ada', 'gmail', 'DISCONNECTED');
  await page.getByRole('status').filter({ hasText: 'on gmail is now DISCONNECTED' }).waitFor();
});

test('another user can be added to the list, and stays in the list when accounts change', async () => {
  const page = await shown.open('#/accounts');

  await page.getByLabel('Another user').fill('user_new');
  await page.keyboard.press('Enter');
  await waitForStatus(page, 'user_new', 'gmail', 'none');
  shown.stack.scalekit.setAccount('gmail', 'user_ada', { status: 'EXPIRED' });
  await waitForStatus(page, 'user_ada', 'gmail', 'EXPIRED');
  await waitForStatus(page, 'user_new', 'gmail', 'none');
});

test('the panel of accounts shows the error of the server', async () => {
  shown.expectTrouble(/status of 502/);
  const page = await shown.open('#/accounts');

  await page.getByLabel('Another user').fill('x'.repeat(2_000));
  await page.keyboard.press('Enter');
  expect(await page.getByRole('alert').innerText()).toMatch(/^[a-z_]+: /);
  await waitForStatus(page, 'user_ada', 'gmail', 'ACTIVE');
});
