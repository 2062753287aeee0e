import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createThing, readThing } from '../../support/acme.ts';
import { answer, hang, inTurn, reset, startScriptedScalekit } from '../../support/scripted-scalekit.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

const TOKEN = '/oauth/token';
const DETAILS = '/api/v1/connected_accounts/details';
const CREATE = '/api/v1/connected_accounts';
const LINK = '/api/v1/connected_accounts/magic_link';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
let scalekit: Awaited<ReturnType<typeof startScriptedScalekit>>;
beforeEach(async () => {
  scalekit = await startScriptedScalekit();
});
afterEach(() => scalekit.close());

const read = { input: { thing: 't1' } };
const token = answer(200, { access_token: 'a-token', expires_in: 3_600 });
const account = (status: string) => answer(200, { connected_account: { status } });
const environment = (variables = {}) =>
  bed.environment(readThing, { SCALEKIT_ENV_URL: scalekit.url, ...variables });
const received = (path: string) => scalekit.received.filter((one) => one === path).length;

describe('a token that could not be fetched during initialisation', () => {
  test.each([
    ['is rejected', answer(401)],
    ['fails with a 500', answer(500)],
    ['loses its connection', reset],
    ['returns no token', answer(200, { access_token: '', expires_in: 'soon' })],
    ['returns HTML', answer(200, '<html>')],
  ])('is fetched by the first call if the request during initialisation %s', async (_, fault) => {
    scalekit.script[TOKEN] = fault;
    const call = environment({ AWS_LAMBDA_FUNCTION_NAME: 'acme_read_thing' });
    await sleep(700);
    const atInitialisation = received(TOKEN);
    scalekit.script[TOKEN] = token;

    expect((await call(read)).status).toBe(200);
    expect(atInitialisation).toBeGreaterThan(0);
    expect(received(TOKEN)).toBe(atInitialisation + 1);
  });

  test('is fetched by the first call if the request during initialisation gets no response within 2 s', async () => {
    scalekit.script[TOKEN] = inTurn(hang, token);
    const call = environment({ AWS_LAMBDA_FUNCTION_NAME: 'acme_read_thing' });

    expect((await call({ ...read, remainingMs: 6_000 })).status).toBe(200);
    expect(received(TOKEN)).toBe(2);
  });
});

describe('a temporary fault of Scalekit', () => {
  test.each([
    ['the token', TOKEN, token],
    ['the account', DETAILS, account('ACTIVE')],
  ])('is retried without an error for the caller: a request for %s', async (_, path, success) => {
    for (const fault of [answer(503), answer(502), answer(504), answer(429), reset]) {
      scalekit.script[path] = inTurn(fault, fault, success);

      expect((await environment()(read)).status).toBe(200);
    }
  });

  test.each([TOKEN, DETAILS])(
    'leaves enough time for another attempt if a request for %s hangs',
    async (path) => {
      scalekit.script[path] = inTurn(hang, path === TOKEN ? token : account('ACTIVE'));

      expect((await environment()({ ...read, remainingMs: 4_000 })).status).toBe(200);
    },
  );
});

describe('a lasting fault of Scalekit', () => {
  test.each([
    ['500', answer(500), 'scalekit_unavailable', 1],
    ['503', answer(503), 'scalekit_unavailable', 3],
    ['lost connections', reset, 'scalekit_unavailable', 3],
    ['429', answer(429), 'rate_limited', 3],
    ['400', answer(400), 'not_configured', 1],
    ['403', answer(403), 'not_configured', 1],
    ['an account in another format', answer(200, { account: {} }), 'scalekit_unavailable', 1],
    ['HTML', answer(200, '<html>'), 'scalekit_unavailable', 1],
  ])('leads to an error without an account status: %s', async (_, fault, code, attempts) => {
    scalekit.script[DETAILS] = fault;

    expect((await environment()(read)).error?.code).toBe(code);
    expect(received(DETAILS)).toBe(attempts);
    expect(scalekit.received.filter((path) => path.startsWith('/proxy/'))).toEqual([]);
  });

  test('leads to an error before the deadline if Scalekit never responds', async () => {
    scalekit.script[DETAILS] = hang;

    expect((await environment()({ ...read, remainingMs: 1_500 })).error?.code).toBe('scalekit_unavailable');
  });
});

describe('an account that does not exist', () => {
  test('is created, and the user gets a link', async () => {
    scalekit.script[DETAILS] = answer(404);
    scalekit.script[CREATE] = account('PENDING_AUTH');

    expect((await environment()(read)).error).toMatchObject({
      code: 'authorization_required',
      account_status: 'PENDING_AUTH',
      authorization_url: 'https://acme.scalekit.com/magicLink/1',
    });
  });

  test('is read again if another call has created it in the meantime', async () => {
    scalekit.script[DETAILS] = inTurn(answer(404), account('ACTIVE'));
    scalekit.script[CREATE] = answer(409);

    expect((await environment()(read)).status).toBe(200);
  });

  test('is read again if the response to its creation was lost', async () => {
    scalekit.script[DETAILS] = inTurn(answer(404), account('PENDING_AUTH'));
    scalekit.script[CREATE] = inTurn(reset, answer(409));

    expect((await environment()(read)).error).toMatchObject({
      code: 'authorization_required',
      account_status: 'PENDING_AUTH',
    });
    expect(received(CREATE)).toBe(2);
  });

  test('leads to an error for the operator if its connection is missing', async () => {
    scalekit.script[DETAILS] = answer(404);
    scalekit.script[CREATE] = answer(404);

    expect((await environment()(read)).error).toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('ACME_CONNECTION'),
    });
  });
});

describe('a failed request for a link', () => {
  test.each([
    ['fails with a 500', answer(500)],
    ['is rejected', answer(403)],
    ['returns no link', answer(200, { url: 'https://acme.scalekit.com' })],
    ['loses its connections', reset],
    ['gets no response', hang],
  ])(
    "does not hide the account's status and does not delay the error: the request %s",
    async (_, fault) => {
      scalekit.script[DETAILS] = account('EXPIRED');
      scalekit.script[LINK] = fault;

      expect((await environment()({ ...read, remainingMs: 60_000 })).error).toMatchObject({
        code: 'authorization_required',
        account_status: 'EXPIRED',
        authorization_url: null,
      });
    },
    8_000,
  );
});

describe('a cached account status', () => {
  const proxied = '/proxy/things/t1';

  test.each([
    ['a 401', answer(401)],
    ['a provider error without a name', answer(403)],
  ])('is removed from the cache after %s, even if Scalekit cannot be reached', async (_, refusal) => {
    const call = environment({ ACCOUNT_CACHE_SECONDS: '3600' });
    await call(read);
    await call(read);
    const whileBelieved = received(DETAILS);
    scalekit.script[proxied] = refusal;
    scalekit.script[DETAILS] = answer(500);
    const refused = await call(read);
    delete scalekit.script[proxied];
    scalekit.script[DETAILS] = account('EXPIRED');

    expect(whileBelieved).toBe(1);
    expect(refused.status).not.toBe(200);
    expect((await call(read)).error?.account_status).toBe('EXPIRED');
  });

  test('is valid only for one connection and one user', async () => {
    const call = environment({ ACCOUNT_CACHE_SECONDS: '3600' });
    for (const user of ['a', 'b', 'a', 'b', 'a"', 'a","b']) await call({ ...read, user });

    expect(received(DETAILS)).toBe(4);
  });

  test('is requested once for concurrent calls', async () => {
    const call = environment();
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(read)));

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(received(DETAILS)).toBe(1);
  });

  test('is separate for concurrent users', async () => {
    scalekit.script[DETAILS] = (request, response) =>
      account(request.url?.includes('user_even') ? 'ACTIVE' : 'DISCONNECTED')(request, response);
    const call = environment();
    const users = Array.from({ length: 10 }, (_, index) => (index % 2 ? 'user_odd' : 'user_even'));
    const answers = await Promise.all(users.map((user) => call({ ...read, user })));

    expect(answers.map(({ status }) => status)).toEqual(
      users.map((user) => (user === 'user_even' ? 200 : 403)),
    );
    // Only the status ACTIVE is cached. Each of the five calls of `user_odd` may request the status.
    expect(received(DETAILS)).toBeLessThanOrEqual(6);
  });
});

test('a write is not sent if the account cannot be checked', async () => {
  scalekit.script[DETAILS] = answer(503);

  const { error } = await bed.environment(createThing, { SCALEKIT_ENV_URL: scalekit.url })({
    input: { title: 'x' },
  });

  expect(error).toMatchObject({ code: 'scalekit_unavailable', retryable: true });
  expect(scalekit.received).not.toContain('/proxy/things');
});
