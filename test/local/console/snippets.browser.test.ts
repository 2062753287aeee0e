import { expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread'] });

test('the button copies the call in the form as code', async () => {
  const page = await shown.open('#/tools/gmail_list_unread', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByLabel('max_results').fill('2');
  await page.getByRole('tab', { name: 'As code' }).click();
  const titles = await page.getByRole('tablist', { name: 'Ways to make this call' }).getByRole('tab').all();
  await page.locator('.snippets pre').waitFor();

  expect(titles).toBeDefined();
  for (const tab of await page
    .getByRole('tablist', { name: 'Ways to make this call' })
    .getByRole('tab')
    .all()) {
    await tab.click();
    const text = await page.locator('.snippets pre').innerText();
    expect(text).not.toBe('');
    await page.locator('.snippets').getByRole('button', { name: /^Copy/ }).click();
    await page
      .getByRole('status')
      .filter({ hasText: `Copied: ${await tab.innerText()}.` })
      .waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(String(copied).trimEnd()).toBe(text.trimEnd());
  }
  await page.getByRole('tab', { name: 'curl' }).click();
  expect(await page.locator('.snippets pre').innerText()).toContain(`-d '{"max_results":2}'`);
});

test('the text is selected if the browser does not allow copying', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  await page.evaluate(
    "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error()) } })",
  );
  await page.getByRole('tab', { name: 'As code' }).click();
  await page.locator('.snippets').getByRole('button', { name: /^Copy/ }).click();

  await page.getByText('The text is selected').waitFor();
  const text = await page.locator('.snippets pre').innerText();
  expect(String(await page.evaluate('getSelection().toString()')).trimEnd()).toBe(text.trimEnd());
});

test('the code changes with the input, and stays unchanged if the JSON is invalid', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  await page.getByRole('button', { name: 'JSON' }).click();
  await page.getByLabel('The input as JSON').fill('{');
  await page.getByRole('tab', { name: 'As code' }).click();
  await page.getByText('The input is not valid JSON').waitFor();

  await page.getByRole('tab', { name: 'Call' }).click();
  await page.getByLabel('The input as JSON').fill('{"max_results": 9}');
  await page.getByRole('tab', { name: 'As code' }).click();
  await page.locator('.snippets pre').filter({ hasText: '"max_results":9' }).waitFor();
});
