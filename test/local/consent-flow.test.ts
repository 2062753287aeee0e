import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { consent, submit } from '../support/consent-pages.ts';
import { hasTools } from '../support/project-tools.ts';
import { startStackForTest } from '../support/start-stack-for-test.ts';

const TOOL = 'gmail_list_filters';
const Accounts = z.object({
  accounts: z.array(z.object({ connector: z.string(), status: z.string().nullable() })),
});
const Link = z.object({ authorization_url: z.string(), state: z.string(), expires_at: z.iso.datetime() });

let stack: Awaited<ReturnType<typeof startStackForTest>>;
beforeAll(async () => {
  stack = await startStackForTest();
});
afterAll(() => stack.close());
beforeEach(({ skip }) => skip(!hasTools(TOOL), 'The project lacks the tool of this story.'));

async function api(user: string, method: string, path: string): Promise<unknown> {
  const authorization = `Bearer ${await stack.issuer.sign({ sub: user })}`;
  return (await fetch(stack.gateway.url + path, { method, headers: { authorization } })).json();
}

async function finish(page: URL, user: string): Promise<{ status: number; text: string }> {
  const response = await submit(page, user);
  return { status: response.status, text: await response.text() };
}

async function gmailOf(user: string) {
  const { accounts } = Accounts.parse(await api(user, 'GET', '/accounts'));
  return accounts.find(({ connector }) => connector === 'gmail')?.status;
}

test('a user connects an account, is verified by the application, and can connect the account again after it expires', async () => {
  // The user has not connected this account before.
  expect(await gmailOf('user_grace')).toBeNull();
  const refused = await stack.call('user_grace', TOOL);
  expect(refused.error).toMatchObject({ code: 'authorization_required', account_status: 'PENDING_AUTH' });

  // The error contains a link to the application, which sends the user to the consent page. No other user can
  // complete this consent.
  const connectPage = new URL(refused.error?.authorization_url ?? '');
  expect(connectPage.href).toBe(`${stack.variables.CONNECT_URL}?connector=gmail`);
  const started = await submit(connectPage, 'user_grace');
  expect(started.status).toBe(303);
  const page = await consent(started.headers.get('location') ?? '');
  expect(page.href.startsWith(`${stack.variables.USER_VERIFY_URL}?auth_request_id=`)).toBe(true);
  expect(await gmailOf('user_grace')).toBe('PENDING_VERIFICATION');
  expect(await finish(page, 'user_ada')).toMatchObject({
    status: 403,
    text: expect.stringContaining('forbidden'),
  });
  expect(await gmailOf('user_grace')).toBe('PENDING_VERIFICATION');
  expect((await finish(page, 'user_grace')).status).toBe(200);
  expect(await finish(page, 'user_grace')).toMatchObject({
    status: 409,
    text: expect.stringContaining('used already'),
  });
  expect((await stack.call('user_grace', TOOL)).status).toBe(200);

  // After the consent has expired, the application requests a new link.
  stack.scalekit.setAccount('gmail', 'user_grace', { status: 'EXPIRED' });
  const link = Link.parse(await api('user_grace', 'POST', '/accounts/gmail/authorize'));
  const again = await consent(link.authorization_url);
  expect(again.searchParams.get('state')).toBe(link.state);
  expect((await finish(again, 'user_grace')).text).toContain('The account of user_grace on gmail is ACTIVE.');
  expect(await gmailOf('user_grace')).toBe('ACTIVE');
});

test('a user who is new to the stack can complete a consent', async () => {
  const link = Link.parse(await api('user_new', 'POST', '/accounts/gmail/authorize'));

  expect((await finish(await consent(link.authorization_url), 'user_new')).status).toBe(200);
});

test("a person who opens the link from another user's error can connect only their own account", async () => {
  const refused = await stack.call('user_victim', TOOL);
  const started = await submit(new URL(refused.error?.authorization_url ?? ''), 'user_new');

  await consent(started.headers.get('location') ?? '');

  expect(await gmailOf('user_victim')).toBe('PENDING_AUTH');
  expect(await gmailOf('user_new')).toBe('PENDING_VERIFICATION');
});

test('the gateway does not pass preflight requests to the functions', async () => {
  const response = await fetch(`${stack.gateway.url}/mcp`, { method: 'OPTIONS' });

  expect(response.status).toBe(404);
});
