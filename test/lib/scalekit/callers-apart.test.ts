import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { createRunner } from 'scalekit-lambda-tools';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createThing, readThing } from '../../support/acme.ts';
import { answer, hang, inTurn, reset, startScriptedScalekit } from '../../support/scripted-scalekit.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

const TOKEN = '/oauth/token';
const DETAILS = '/api/v1/connected_accounts/details';
const LINK = '/api/v1/connected_accounts/magic_link';
const THING = '/proxy/things/t1';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
let scalekit: Awaited<ReturnType<typeof startScriptedScalekit>>;
beforeEach(async () => {
  scalekit = await startScriptedScalekit();
});
afterEach(async () => {
  vi.useRealTimers();
  await scalekit.close();
});

const read = { input: { thing: 't1' } };
const active = answer(200, { connected_account: { status: 'ACTIVE' } });
const environment = (tool: Parameters<TestBed['environment']>[0] = readThing) =>
  bed.environment(tool, { SCALEKIT_ENV_URL: scalekit.url });
const received = (path: string) => scalekit.received.filter((one) => one === path).length;

describe('two concurrent callers with the same account', () => {
  test('are independent: a time-out of one caller does not end the call of the other caller', async () => {
    scalekit.script[DETAILS] = async (request, response) => {
      await sleep(1_200);
      active(request, response);
    };
    const call = environment();

    const [short, long] = await Promise.all([
      call({ ...read, remainingMs: 1_500 }),
      call({ ...read, remainingMs: 20_000 }),
    ]);

    expect(short.error?.code).toBe('scalekit_unavailable');
    expect(long.status).toBe(200);
    expect(received(DETAILS)).toBe(1);
  });
});

describe('an account status that Scalekit returned', () => {
  test('is returned before the deadline, even if the request for a consent link hangs', async () => {
    scalekit.script[DETAILS] = answer(200, { connected_account: { status: 'EXPIRED' } });
    scalekit.script[LINK] = hang;

    expect((await environment()({ ...read, remainingMs: 3_000 })).error).toMatchObject({
      code: 'authorization_required',
      account_status: 'EXPIRED',
      authorization_url: null,
    });
  });
});

describe('if the provider rejects the credentials of one user', () => {
  const refuses = (user: string) => {
    scalekit.script[THING] = (request, response) =>
      answer(request.headers.identifier === user ? 401 : 200, { id: 't1', title: 'A thing' })(
        request,
        response,
      );
  };

  test('the calls of other users still succeed, even if our access token cannot be renewed', async () => {
    refuses('user_ada');
    const call = environment();
    await call({ ...read, user: 'user_grace' });
    scalekit.script[TOKEN] = answer(429, {});

    const [refused, served] = await Promise.all([
      call({ ...read, user: 'user_ada' }),
      sleep(50).then(() => call({ ...read, user: 'user_grace' })),
    ]);

    expect(refused.error?.code).toBe('rate_limited');
    expect(served.status).toBe(200);
  });

  test('the access token is renewed at most once a minute, even if Scalekit returns the same token', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    refuses('user_ada');
    const call = environment();
    for (let calls = 0; calls < 5; calls += 1) await call({ ...read, user: 'user_ada' });
    const within = received(TOKEN);
    vi.advanceTimersByTime(61_000);
    await call({ ...read, user: 'user_ada' });

    expect([within, received(TOKEN)]).toEqual([2, 3]);
  });

  test('each call is retried only once with a new token, even if other failures occur in between', async () => {
    scalekit.script[TOKEN] = (request, response) =>
      answer(200, { access_token: `token-${received(TOKEN)}`, expires_in: 3_600 })(request, response);
    scalekit.script[THING] = inTurn(
      answer(401),
      answer(503),
      answer(401),
      answer(503),
      answer(401),
      answer(503),
    );

    expect((await environment()(read)).error?.code).toBe('authorization_required');
    expect(received(THING)).toBe(3);
    expect(received(TOKEN)).toBe(2);
  });
});

test('the error status of a write is recognised even if the body of the response cannot be decoded', async () => {
  scalekit.script['/proxy/things'] = (_request, response) =>
    void response.writeHead(400, { 'content-encoding': 'gzip' }).end('no gzip');

  expect((await environment(createThing)({ input: { title: 'x' } })).error?.code).toBe(
    'rejected_by_provider',
  );
});

test('an error that a runner throws contains no token and no request', async () => {
  scalekit.script[THING] = reset;
  const runner = createRunner({
    variables: {
      SCALEKIT_ENV_URL: scalekit.url,
      SCALEKIT_CLIENT_ID: 'a-client',
      SCALEKIT_CLIENT_SECRET: 'a-secret',
      USER_VERIFY_URL: 'none',
    },
    log: () => {},
  });

  const error = await runner
    .run(readThing, { identifier: 'user_ada', input: read.input })
    .catch((reason: unknown) => reason);

  expect(error).toMatchObject({ code: 'provider_unavailable' });
  const shown = inspect(error, { depth: 20, showHidden: true });
  for (const secret of ['a-token', 'a-secret', 'user_ada', '/things/t1']) expect(shown).not.toContain(secret);
});
