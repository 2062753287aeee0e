import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useConsole } from '../../support/use-console.ts';

const shown = useConsole({ needs: ['gmail_list_unread', 'gmail_triage_inbox', 'gmail_draft_reply'] });

async function call(page: Page): Promise<void> {
  const [answered] = await Promise.all([
    page.waitForResponse(/\/api\/calls$/),
    page.getByRole('button', { name: 'Call', exact: true }).click(),
  ]);
  expect(answered.ok()).toBe(true);
  await page.getByRole('button', { name: 'Call', exact: true }).waitFor();
}

/** Returns the text of one tab of the response, without the copy button. */
async function answerTab(page: Page, name: string): Promise<string> {
  const answer = page.locator('.answer');
  await answer.getByRole('tab', { name }).click();
  return answer.locator('pre').innerText();
}

test('every surface returns the same output, in its own response format', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  await page.getByLabel('max_results').fill('2');
  const surfaces = await page.getByLabel('Surface', { exact: true }).locator('option').allTextContents();
  expect(surfaces).toHaveLength(6);

  const outputs = new Set<string>();
  const forms = new Set<string>();
  for (const surface of surfaces) {
    await page.getByLabel('Surface', { exact: true }).selectOption(surface);
    await call(page);
    await page.getByText('✓ ok').waitFor();
    outputs.add(await answerTab(page, 'Raw'));
    forms.add(JSON.stringify(Object.keys(JSON.parse(await answerTab(page, 'Surface form')))));
  }
  expect([...outputs].map((output) => JSON.parse(output))).toEqual([
    expect.objectContaining({ count: 2, messages: expect.any(Array) }),
  ]);
  // At least four formats differ: the output itself (AgentCore and direct), two formats of Bedrock, API Gateway, and
  // MCP.
  expect(forms.size).toBeGreaterThanOrEqual(4);
});

test('the response shows its size, and the keyboard can move between its tabs', async () => {
  const page = await shown.open('#/tools/gmail_triage_inbox');
  await call(page);

  expect(await page.locator('.call-end').innerText()).toMatch(
    /✓ ok\s+[\d.,]+ ms\s+[\d,]+ bytes\s+[\d,]+ tokens/,
  );
  const pretty = page.locator('.json-tree');
  await pretty.getByText('Workshop rota for next month').waitFor();
  await pretty.locator('summary').first().press('Enter');
  expect(await pretty.getByText('Workshop rota for next month').isVisible()).toBe(false);

  const tabs = page.getByRole('tablist', { name: 'Answer' });
  await tabs.getByRole('tab', { name: 'Pretty' }).press('ArrowLeft');
  expect(await page.locator(':focus').textContent()).toBe('Event');
  expect(JSON.parse(await answerTab(page, 'Event'))).toMatchObject({ version: '2.0', body: '{}' });
  expect(JSON.parse(await answerTab(page, 'Log line'))).toMatchObject({ tool: 'gmail_triage_inbox' });
});

test('the button for the next page requests the page that follows the shown page', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  await page.getByLabel('max_results').fill('1');
  await call(page);
  const first = JSON.parse(await answerTab(page, 'Raw'));

  const [request] = await Promise.all([
    page.waitForRequest(/\/api\/calls$/),
    page.getByRole('button', { name: 'Next page' }).click(),
  ]);
  expect(request.postDataJSON().input).toEqual({ max_results: 1, cursor: first.next_cursor });
  await expect.poll(() => page.locator('.answer pre').innerText()).not.toContain(first.messages[0].id);
  expect(await page.getByLabel('cursor').inputValue()).toBe(first.next_cursor);
});

test('if an account is not connected, the error links to the page that connects the account', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  await page.getByLabel('User').fill('user_new');
  await call(page);

  expect(await page.locator('.error-message').innerText()).toContain('authorization_required');
  const link = page.getByRole('link', { name: 'Connect the account' });
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  expect(await link.getAttribute('href')).toBe(`${shown.stack.variables.CONNECT_URL}?connector=gmail`);
});

test('claims and an idempotency key are sent if the surface supports them', async () => {
  const page = await shown.open('#/tools/gmail_draft_reply');
  await page.getByLabel('message_id').fill('19e5a1c0ada00004');
  await page.getByLabel('text').fill('Fine.');
  await page.getByText('More about the caller').click();
  await page.getByLabel('Claims of the token').fill('{"team": ');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.locator('#call-claims-issue').filter({ hasText: 'JSON' }).waitFor();
  await page.getByLabel('Claims of the token').fill('{"team": "blue"}');
  await page.getByLabel('Idempotency key').fill('once');
  await call(page);
  const first = await answerTab(page, 'Raw');
  expect(await answerTab(page, 'Event')).toMatch(/"team": "blue"[\s\S]*/);
  await call(page);

  expect(await answerTab(page, 'Raw')).toBe(first);
  await page.getByLabel('Surface', { exact: true }).selectOption('Bedrock, OpenAPI');
  expect(await page.getByLabel('Idempotency key').count()).toBe(0);
});

test('a running call cannot be started twice, and other tools can be called at the same time', async () => {
  const page = await shown.open('#/tools/gmail_list_unread');
  const held: Promise<void>[] = [];
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/api/calls', async (route) => {
    const isFirst = held.push(released) === 1;
    if (isFirst) await released;
    await route.continue();
  });

  await page.getByRole('button', { name: 'Call', exact: true }).dblclick();
  await page.getByText('The call is running.').waitFor();
  await page.getByRole('button', { name: 'Calling…' }).press('Control+Enter');
  await page.getByRole('link', { name: 'list_filters' }).click();
  await page.getByText('Not called yet').waitFor();
  await call(page);
  await page.locator('.json-tree').getByText('filters').waitFor();
  release();
  await page.locator('a[href="#/tools/gmail_list_unread"]').click();
  await page.locator('.json-tree').getByText('messages').waitFor();
  await page.getByRole('link', { name: 'list_filters' }).click();
  await page.locator('.json-tree').getByText('filters').waitFor();
  expect(held).toHaveLength(2);
});

test('text from a provider is not interpreted as HTML', async () => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const page = await shown.open('#/tools/gmail_triage_inbox');
  for (const path of ['*/messages', '*/messages/*']) {
    const body = path.endsWith('/*')
      ? {
          id: 'm1',
          threadId: 't1',
          snippet: hostile,
          payload: { headers: [{ name: 'Subject', value: hostile }] },
        }
      : { messages: [{ id: 'm1', threadId: 't1' }] };
    shown.stack.scalekit.addFault({ connection: 'gmail', path, answer: { status: 200, body } });
  }
  await call(page);

  expect(await page.locator('.json-tree').innerText()).toContain(hostile);
  expect(await answerTab(page, 'Raw')).toContain('onerror');
  expect(await page.locator('.result :is(img, script)').count()).toBe(0);
  expect(await page.title()).toContain('gmail_triage_inbox');
});
