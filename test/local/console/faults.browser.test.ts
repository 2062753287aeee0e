import { expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread'] });

const TWICE = 'The provider fails twice';

test('a switch makes the provider fail, counts the affected requests, and turns off when its limit is reached', async () => {
  const page = await shown.open('#/faults');
  const preset = page.getByRole('switch', { name: TWICE });

  expect(await preset.getAttribute('aria-checked')).toBe('false');
  await preset.click();
  await page.getByText('Affected 0 requests; 2 more to come.').waitFor();
  expect(await preset.getAttribute('aria-checked')).toBe('true');
  await page.getByRole('link', { name: 'Faults 1 on' }).waitFor();

  expect((await shown.stack.call('user_ada', 'gmail_list_unread')).status).toBe(200);
  await page.getByText('Affected 2 requests; finished.').waitFor();
  expect(await preset.getAttribute('aria-checked')).toBe('false');

  await preset.press('Space');
  await page.getByText('Affected 0 requests; 2 more to come.').waitFor();
  expect(shown.stack.scalekit.faults).toHaveLength(1);
  await preset.click();
  await page.getByText('None. Everything works.').waitFor();
  expect(shown.stack.scalekit.faults).toEqual([]);
});

test('a switch is on if another program has started its fault, and one button ends all faults', async () => {
  const page = await shown.open('#/faults');
  await page.getByRole('switch', { name: 'The provider is down' }).waitFor();

  shown.stack.scalekit.addFault({ connection: '*', answer: { status: 503 } });
  shown.stack.scalekit.addFault({ path: '/oauth/*', latencyMs: 5 });
  await page.locator('[aria-checked=true]').waitFor();
  expect(await page.getByRole('switch', { name: 'The provider is down' }).getAttribute('aria-checked')).toBe(
    'true',
  );
  await page.getByText('Custom fault', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'End all' }).click();
  await page.getByText('None. Everything works.').waitFor();
  expect(shown.stack.scalekit.faults).toEqual([]);
});

test('a fault can be entered as JSON, and can be ended', async () => {
  const page = await shown.open('#/faults');
  const text = page.getByLabel('Custom fault');

  await text.fill('{"connection": "gmail", "answer": {"status": 418}}');
  await page.getByRole('button', { name: 'Start fault' }).click();
  await page.getByText('active until you end it').waitFor();
  expect(shown.stack.scalekit.faults).toMatchObject([
    { fault: { connection: 'gmail', answer: { status: 418 } } },
  ]);
  await page.getByRole('button', { name: /^End fault_/ }).click();
  await page.getByText('None. Everything works.').waitFor();
});

test('an invalid fault is rejected with the reason, and its text stays in the field', async () => {
  shown.expectTrouble(/status of 400/);
  const page = await shown.open('#/faults');
  const text = page.getByLabel('Custom fault');
  const refusal = page.locator('#custom-fault-issue');

  await text.fill('{"times": 1}');
  await page.getByRole('button', { name: 'Start fault' }).click();
  await refusal.getByText('A fault needs an effect').first().waitFor();
  expect(await text.inputValue()).toBe('{"times": 1}');
  await text.fill('{"times": ');
  await page.getByRole('button', { name: 'Start fault' }).click();
  await refusal.getByText('JSON').first().waitFor();
  expect(shown.stack.scalekit.faults).toEqual([]);
});
