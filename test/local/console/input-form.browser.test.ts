import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({
  needs: [
    'gmail_draft_reply',
    'gmail_triage_inbox',
    'hubspot_get_contact_timeline',
    'hubspot_list_invoices',
    'salesforce_get_by_external_id',
    'salesforce_upsert_by_external_id',
  ],
});

/** Presses the button Call and returns the request that the page sends. */
async function sentBy(page: Page) {
  const [request] = await Promise.all([
    page.waitForRequest(/\/api\/calls$/),
    page.getByRole('button', { name: 'Call', exact: true }).click(),
  ]);
  await page.locator('.outcome').waitFor();
  return request.postDataJSON();
}

const field = (page: Page, name: string) => page.locator(`#field-${name}`);

test('the form sends text, long text and booleans, and leaves out empty fields', async () => {
  const page = await shown.open('#/tools/gmail_draft_reply');

  expect(await page.getByLabel('text').evaluate((element) => element.tagName)).toBe('TEXTAREA');
  await page.getByLabel('message_id').fill('19e5a1c0ada00004');
  await page.getByLabel('text').fill('Fine.\nThank you!');
  expect(await sentBy(page)).toMatchObject({
    tool: 'gmail_draft_reply',
    surface: 'http',
    identifier: 'user_ada',
    input: { message_id: '19e5a1c0ada00004', text: 'Fine.\nThank you!' },
  });
  await page.getByLabel('reply_all').selectOption('false');
  expect((await sentBy(page)).input).toMatchObject({ reply_all: false });
  await page.getByLabel('reply_all').selectOption('not sent');
  expect(Object.keys((await sentBy(page)).input)).toEqual(['message_id', 'text']);
});

test('the form sends numbers, even numbers outside the limits of the contract', async () => {
  const page = await shown.open('#/tools/gmail_triage_inbox');
  const number = page.getByLabel('max_results');

  expect(await number.getAttribute('placeholder')).toBe('10');
  expect(await number.getAttribute('max')).toBe('25');
  await number.fill('2');
  expect((await sentBy(page)).input).toEqual({ max_results: 2 });
  await number.fill('26');
  expect((await sentBy(page)).input).toEqual({ max_results: 26 });
});

test('the form sends one or several selected values', async () => {
  const page = await shown.open('#/tools/hubspot_list_invoices');
  await page.getByLabel('status').selectOption('open');
  expect((await sentBy(page)).input).toEqual({ status: 'open' });

  await page.goto(`${shown.url}/#/tools/hubspot_get_contact_timeline`);
  await page.getByLabel('contact_id').fill('9001');
  const kinds = page.getByRole('group', { name: 'kinds' });
  await kinds.getByLabel('email').check();
  await kinds.getByLabel('note').check();
  expect((await sentBy(page)).input).toEqual({ contact_id: '9001', kinds: ['note', 'email'] });
  await kinds.getByLabel('note').uncheck();
  await kinds.getByLabel('email').uncheck();
  expect((await sentBy(page)).input).toEqual({ contact_id: '9001' });
});

test('the form sends each line of a text box as one string of a list', async () => {
  const page = await shown.open('#/tools/salesforce_get_by_external_id');

  await field(page, 'fields').fill('Name\nPhone\n');
  expect((await sentBy(page)).input).toEqual({ fields: ['Name', 'Phone'] });
});

test('the form sends other types as JSON, and reports invalid JSON instead of sending it', async () => {
  const page = await shown.open('#/tools/salesforce_upsert_by_external_id');
  const fields = field(page, 'fields');

  await fields.fill('[{"name": "Name", ');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('This is not JSON').waitFor();
  expect(await fields.getAttribute('aria-invalid')).toBe('true');
  await fields.fill('[{"name": "Name", "value": null}]');
  expect((await sentBy(page)).input).toEqual({ fields: [{ name: 'Name', value: null }] });
});

test('the form and the JSON always show the same input, and JSON can contain keys that the form does not have', async () => {
  const page = await shown.open('#/tools/gmail_triage_inbox');
  const json = page.getByLabel('The input as JSON');

  await page.getByLabel('max_results').fill('3');
  await page.getByRole('button', { name: 'JSON' }).click();
  expect(JSON.parse(await json.inputValue())).toEqual({ max_results: 3 });
  await json.fill('{"max_results": "many", "unknown": [1]}');
  expect((await sentBy(page)).input).toEqual({ max_results: 'many', unknown: [1] });
  expect(await page.locator('#input-json-issues').innerText()).toMatch(/max_results: .*\n.*unknown/);

  await page.getByRole('button', { name: 'Form' }).click();
  expect(await page.getByLabel('max_results').inputValue()).toBe('"many"');
  await page.getByText('keys that are not in the contract').waitFor();
  await page.getByRole('button', { name: 'Remove them' }).click();
  await page.getByLabel('max_results').fill('');
  await page.getByLabel('max_results').fill('4');
  expect((await sentBy(page)).input).toEqual({ max_results: 4 });
});

test('invalid JSON stays in the text box unchanged', async () => {
  const page = await shown.open('#/tools/gmail_triage_inbox');
  const json = page.getByLabel('The input as JSON');

  await page.getByRole('button', { name: 'JSON' }).click();
  await json.fill('[1]');
  await page.getByText('This is JSON, but not an object.').waitFor();
  await page.getByRole('button', { name: 'Form' }).click();
  await page.getByText('The form cannot show this input').waitFor();
  expect(await json.inputValue()).toBe('[1]');
});

test('an example fills the form, and the input stays when another tool is selected', async () => {
  const page = await shown.open('#/tools/gmail_draft_reply');

  await page.getByRole('button', { name: 'Fill in example' }).click();
  expect(await page.getByLabel('message_id').inputValue()).toBe('19e5a1c0ada00006');
  await page.getByLabel('text').fill('Typed');
  await page.getByRole('link', { name: 'triage_inbox' }).click();
  await page.getByRole('heading', { level: 1, name: 'Triage inbox' }).waitFor();
  await page.getByRole('link', { name: 'draft_reply' }).click();
  expect(await page.getByLabel('text').inputValue()).toBe('Typed');
});

test('an error is shown at its field and announced to screen readers, and a key press repeats the call', async () => {
  const page = await shown.open('#/tools/gmail_triage_inbox');
  const number = page.getByLabel('max_results');

  await number.fill('0');
  expect(await sentBy(page)).toBeDefined();
  const issue = await page.locator('#field-max_results-issue').innerText();
  expect(issue).not.toBe('');
  expect(await number.getAttribute('aria-describedby')).toContain('field-max_results-issue');
  await page
    .getByRole('status')
    .filter({ hasText: `max_results: ${issue}` })
    .waitFor();

  await number.fill('1');
  await page.keyboard.press('Control+Enter');
  await page.getByText('✓ ok').waitFor();
  expect(await page.locator('#field-max_results-issue').innerText()).toBe('');
});
