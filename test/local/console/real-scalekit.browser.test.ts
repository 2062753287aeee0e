import { beforeAll, expect, test } from 'vitest';
import { type LocalConsole, startConsole } from '../../../local/console/start-console.ts';
import { startStack } from '../../../local/start-stack.ts';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread'] });

// This stack has settings for a real Scalekit environment, but the settings contain the URL of an emulator.
let real: LocalConsole | undefined;
beforeAll(async () => {
  if (!shown.canRun) return undefined;
  const { SCALEKIT_ENV_URL, SCALEKIT_CLIENT_ID, SCALEKIT_CLIENT_SECRET } = shown.stack.variables;
  const scalekit = { SCALEKIT_ENV_URL, SCALEKIT_CLIENT_ID, SCALEKIT_CLIENT_SECRET };
  const stack = await startStack({ log: () => {}, scalekit });
  const started = await startConsole({ stack });
  real = started;
  return async () => {
    await started.close();
    await stack.close();
  };
});

test('with a real Scalekit environment, accounts can only be connected, and no faults can be set', async () => {
  const page = await shown.open();
  await page.goto(`${real?.url}/#/accounts`);
  await page.getByText('There are no known users.').waitFor();
  await page.getByText('real Scalekit').waitFor();

  await page.getByLabel('Another user').fill('user_ada');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: 'user_ada' }).getByText('ACTIVE').first().waitFor();
  expect(await page.getByRole('button', { name: /^(Expire|Disconnect)/ }).count()).toBe(0);
  await page.getByLabel('Another user').fill('user_expired');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Connect the account of user_expired on gmail' }).waitFor();

  await page.getByRole('link', { name: 'Faults' }).click();
  await page.getByText('Only the emulated one can simulate faults').waitFor();
  await page.getByRole('link', { name: 'Tools', exact: true }).click();
  await page.getByLabel('User').fill('user_ada');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('✓ ok').waitFor();
});
