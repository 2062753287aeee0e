import type { Tool } from 'scalekit-lambda-tools';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readThing } from '../../support/acme.ts';
import { sendNote } from '../../support/globex.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

// If CONNECT_URL is set, every authorization_required error contains the link to the application's page. Scalekit
// creates no link.

const CONNECT_URL = 'https://app.example.com/connect';
const thing = { thing: 't1' };
const note = { room: 'r1', text: 'Hello' };

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
});
afterAll(() => bed.close());
beforeEach(() => bed.reset());

const linksAsked = () => bed.scalekit.requests.filter(({ path }) => path.endsWith('/magic_link')).length;

async function errorOf(tool: Tool, call: { user?: string; input: object }, connectUrl = CONNECT_URL) {
  const { error } = await bed.environment(tool, { CONNECT_URL: connectUrl })(call);
  return error;
}

test.each(['EXPIRED', 'PENDING_AUTH', 'PENDING_VERIFICATION', 'DISCONNECTED'] as const)(
  'the link is CONNECT_URL for an account that is %s',
  async (status) => {
    bed.scalekit.setAccount('acme', 'user_ada', { status });

    expect(await errorOf(readThing, { input: thing })).toMatchObject({
      code: 'authorization_required',
      account_status: status,
      authorization_url: `${CONNECT_URL}?connector=acme`,
    });
    expect(linksAsked()).toBe(0);
  },
);

test('the link is CONNECT_URL for a missing account, and the account is created', async () => {
  expect(await errorOf(readThing, { user: 'user_new', input: thing })).toMatchObject({
    code: 'authorization_required',
    authorization_url: `${CONNECT_URL}?connector=acme`,
  });
  expect(bed.scalekit.getAccount('acme', 'user_new')?.status).toBe('PENDING_AUTH');
  expect(linksAsked()).toBe(0);
});

test.each([
  ['rejects the credentials', 'token_revoked', 'authorization_required'],
  ['requires another scope', 'missing_scope', 'permission_denied'],
])('the link is CONNECT_URL if the provider %s', async (_, refusal, code) => {
  bed.provider.script = () => ({ body: { ok: false, error: refusal } });

  expect(await errorOf(sendNote, { input: note })).toMatchObject({
    code,
    authorization_url: `${CONNECT_URL}?connector=globex`,
  });
  expect(linksAsked()).toBe(0);
});

test.each([
  ['https://app.example.com', 'https://app.example.com/?connector=acme'],
  ['https://app.example.com/connect?', 'https://app.example.com/connect?connector=acme'],
  [
    'https://app.example.com/connect?tenant=a%20b&next=%2Fchat',
    'https://app.example.com/connect?tenant=a%20b&next=%2Fchat&connector=acme',
  ],
  ['http://127.0.0.1:3000/connect', 'http://127.0.0.1:3000/connect?connector=acme'],
])('CONNECT_URL %s leads to the link %s', async (connectUrl, expected) => {
  bed.scalekit.setAccount('acme', 'user_ada', { status: 'EXPIRED' });

  expect((await errorOf(readThing, { input: thing }, connectUrl))?.authorization_url).toBe(expected);
});

test("the link contains the connector's name, even if its connection has another name", async () => {
  const call = bed.environment(readThing, { CONNECT_URL, ACME_CONNECTION: 'globex' });

  const { error } = await call({ user: 'user_new', input: thing });

  expect(error?.authorization_url).toBe(`${CONNECT_URL}?connector=acme`);
});

test("the link is Scalekit's own if CONNECT_URL is not set", async () => {
  expect((await errorOf(readThing, { user: 'user_new', input: thing }, ''))?.authorization_url).toContain(
    `${bed.scalekit.url}/magicLink/`,
  );
  expect(linksAsked()).toBe(1);
});
