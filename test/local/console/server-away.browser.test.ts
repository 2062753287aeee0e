import { beforeEach, expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_filters'] });
beforeEach(() => {
  shown.expectTrouble(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/);
});

test('the page reports that the server cannot be reached, keeps the input, and connects to the restarted server', async () => {
  const page = await shown.open('#/tools/gmail_list_filters');
  await page.getByLabel('max_results').fill('7');
  await shown.stop();
  await page.getByText('The console does not respond. Trying again…').waitFor();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();

  await shown.startAgain();
  await page.getByText('emulated Scalekit').waitFor();
  expect(await page.getByLabel('max_results').inputValue()).toBe('7');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('✓ ok').waitFor();
});

test('the page shows changes that happened while the server could not be reached', async () => {
  const page = await shown.open('#/faults');
  await page.getByText('None. Everything works.').waitFor();
  await shown.stop();
  await page.getByText('The console does not respond.').waitFor();

  shown.stack.scalekit.addFault({ connection: '*', latencyMs: 7 });
  await shown.startAgain();
  await page.getByText('{"connection":"*","latencyMs":7}').waitFor();
});
