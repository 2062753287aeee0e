import { createServer } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import { startScalekitEmulator } from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createThing, readThing } from '../../support/acme.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed({ tokenLifetimeSeconds: 600 });
  return () => bed.close();
});
beforeEach(() => {
  bed.reset();
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
});
afterEach(() => vi.useRealTimers());

const read = { input: { thing: 't1' } };
const write = { input: { title: 'A thing' } };

describe('our access token for Scalekit', () => {
  test.each([
    ['a read', readThing, read],
    ['a write', createThing, write],
  ])('is renewed after a rejection without an error for the caller of %s', async (_, tool, options) => {
    const call = bed.environment(tool);
    await call(options);
    bed.scalekit.expireTokens();

    const { status } = await call(options);

    expect(status).toBe(200);
    expect(bed.provider.requests).toHaveLength(2);
    // The proxy rejected the old token. The runtime then read the account with a new token, and sent the call again.
    expect(bed.calls().slice(3)).toEqual([
      'proxy',
      'GetConnectedAccountDetails',
      'token',
      'GetConnectedAccountDetails',
      'proxy',
    ]);
  });

  test('is renewed shortly before it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const call = bed.environment(readThing);
    await call(read);
    vi.advanceTimersByTime(500_000);
    await call(read);
    expect(bed.calls().filter((kind) => kind === 'token')).toHaveLength(1);

    vi.advanceTimersByTime(41_000);
    await call(read);

    expect(bed.calls().filter((kind) => kind === 'token')).toHaveLength(2);
    expect(bed.scalekit.requests.filter(({ authorization }) => authorization === 'invalid')).toEqual([]);
  });

  test("causes an error for the operator if the client's credentials are wrong", async () => {
    const { status, error } = await bed.environment(readThing, { SCALEKIT_CLIENT_SECRET: 'wrong-canary' })(
      read,
    );

    expect(status).toBe(500);
    expect(error?.code).toBe('not_configured');
    expect(JSON.stringify(error) + bed.logged()).not.toContain('wrong-canary');
    expect(bed.calls()).toEqual(['token']);
  });

  test('is requested again by the next call after a failure', async () => {
    const call = bed.environment(readThing);
    const away = { ...bed.scalekit };
    await bed.scalekit.close();
    const failed = await call(read);
    const again = await startScalekitEmulator({
      port: Number(new URL(away.url).port),
      seed: {
        connections: [{ name: 'acme', connector: 'acme', providerUrl: bed.provider.url }],
        grants: [],
        accounts: [{ connection: 'acme', identifier: 'user_ada', status: 'ACTIVE', accessToken: 'x' }],
      },
    });

    const { status } = await call(read);

    await again.close();
    await bed.close();
    bed = await startTestBed({ tokenLifetimeSeconds: 600 });
    expect(failed.error).toMatchObject({ code: 'scalekit_unavailable', retryable: true });
    expect(status).toBe(200);
  });
});

describe('a short-lived token', () => {
  test('is used until shortly before it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const short = await startTestBed({ tokenLifetimeSeconds: 50 });
    short.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
    const call = short.environment(readThing);
    const tokens = () => short.calls().filter((kind) => kind === 'token').length;

    await call(read);
    vi.advanceTimersByTime(40_000);
    await call(read);
    const before = tokens();
    vi.advanceTimersByTime(6_000);
    await call(read);
    const after = tokens();

    await short.close();
    expect([before, after]).toEqual([1, 2]);
  });
});

describe('a client secret that was rotated in Secrets Manager', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('is read again after it was rejected, without an error for the caller', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let secret = bed.scalekit.clientSecret;
    const asked: string[] = [];
    const secretsManager = await listenOnLoopback(
      createServer((_request, response) => {
        asked.push(secret);
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify({ SecretString: secret }));
      }),
      0,
    );
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secretsManager.url);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:scalekit';
    secret = 'not-valid-yet';
    const call = bed.environment(readThing, { SCALEKIT_CLIENT_SECRET: '', SCALEKIT_CLIENT_SECRET_ARN: arn });

    const refused = await call(read);
    secret = bed.scalekit.clientSecret;
    const refusedStill = await call(read);
    vi.advanceTimersByTime(61_000);
    const accepted = await call(read);

    await secretsManager.close();
    expect([refused.error?.code, refusedStill.error?.code]).toEqual(['not_configured', 'not_configured']);
    expect(accepted.status).toBe(200);
    expect(asked).toEqual(['not-valid-yet', bed.scalekit.clientSecret]);
  });
});

describe('a 401 from the provider', () => {
  const refusedByProvider = () => ({ status: 401, body: { message: 'Bad credentials' } });

  test('leads to one retry with a new token, and then to an error that asks the user to connect the account', async () => {
    bed.provider.script = refusedByProvider;

    const { error } = await bed.environment(readThing)(read);

    expect(error).toMatchObject({
      code: 'authorization_required',
      account_status: 'ACTIVE',
      authorization_url: expect.stringContaining('/magicLink/'),
    });
    expect(bed.provider.requests).toHaveLength(2);
    expect(bed.calls().filter((kind) => kind === 'token')).toHaveLength(2);
  });

  test('leads to only one retry per call, even if a 503 comes in between', async () => {
    const statuses = [401, 503, 401];
    bed.provider.script = () => ({ status: statuses.shift() ?? 200, body: { id: 't1' } });

    const { error } = await bed.environment(readThing)(read);

    expect(error?.code).toBe('authorization_required');
    expect(bed.provider.requests).toHaveLength(3);
  });

  test('leads to no retry for the same account within a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    bed.provider.script = refusedByProvider;
    const call = bed.environment(readThing);
    const attempts = async () => {
      bed.provider.requests.length = 0;
      await call(read);
      return bed.provider.requests.length;
    };

    expect(await attempts()).toBe(2);
    expect(await attempts()).toBe(1);
    vi.advanceTimersByTime(61_000);
    expect(await attempts()).toBe(2);
  });

  test('leads to an error with the status of the account if the account is no longer ACTIVE', async () => {
    const call = bed.environment(readThing);
    await call(read);
    bed.provider.script = () => {
      bed.scalekit.setAccount('acme', 'user_ada', { status: 'EXPIRED' });
      return { status: 401 };
    };

    const { error } = await call(read);

    expect(error).toMatchObject({ code: 'authorization_required', account_status: 'EXPIRED' });
  });
});

describe('an account that is no longer ACTIVE, but still cached as ACTIVE', () => {
  test('is detected when the proxy rejects the call, before the provider gets a request', async () => {
    const call = bed.environment(readThing);
    await call(read);
    bed.scalekit.setAccount('acme', 'user_ada', { status: 'DISCONNECTED' });

    const { error } = await call(read);

    expect(error).toMatchObject({ code: 'authorization_required', account_status: 'DISCONNECTED' });
    expect(bed.provider.requests).toHaveLength(1);
  });
});

describe("Scalekit's own endpoints", () => {
  test.each([
    ['the HTTP status 200', 200, { connected_account: { status: 'PENDING_AUTH' } }, 'PENDING_AUTH'],
    ['the HTTP status 201', 201, { connected_account: { status: 'PENDING_AUTH' } }, 'PENDING_AUTH'],
    [
      'an unknown account status',
      200,
      { connected_account: { status: 'FROZEN' } },
      'CONNECTION_STATUS_UNSPECIFIED',
    ],
  ])('may return a new account with %s', async (_, createStatus, created, accountStatus) => {
    const scalekit = await listenOnLoopback(
      createServer(({ method, url = '' }, response) => {
        if (url === '/oauth/token') response.end('{"access_token":"a","expires_in":100}');
        else if (method === 'GET') response.writeHead(404).end();
        else if (url.endsWith('/magic_link')) response.writeHead(500).end();
        else response.writeHead(createStatus).end(JSON.stringify(created));
      }),
      0,
    );

    const { error } = await bed.environment(readThing, { SCALEKIT_ENV_URL: scalekit.url })(read);

    await scalekit.close();
    // If there is no link, the caller must still get the error.
    expect(error).toMatchObject({
      code: 'authorization_required',
      account_status: accountStatus,
      authorization_url: null,
    });
  });

  test('cause scalekit_unavailable for a 500, and no provider request is sent', async () => {
    const broken = await listenOnLoopback(
      createServer((_request, response) => response.writeHead(500).end('canary-0a1')),
      0,
    );

    const { body, error } = await bed.environment(readThing, { SCALEKIT_ENV_URL: broken.url })(read);

    await broken.close();
    expect(error).toMatchObject({ code: 'scalekit_unavailable', retryable: true });
    expect(body).not.toContain('canary-0a1');
  });

  test('cause rate_limited with the requested wait for a 429', async () => {
    const busy = await listenOnLoopback(
      createServer((_request, response) => response.writeHead(429, { 'retry-after': '7' }).end()),
      0,
    );

    const { error, headers } = await bed.environment(readThing, { SCALEKIT_ENV_URL: busy.url })(read);

    await busy.close();
    expect(error).toMatchObject({ code: 'rate_limited', retry_after_seconds: 7 });
    expect(headers['retry-after']).toBe('7');
  });

  test('cause an error for the operator if the proxy is not enabled for the provider', async () => {
    bed.provider.script = () => ({ status: 400, body: { message: 'proxy not enabled for provider' } });

    const { error } = await bed.environment(readThing)(read);

    expect(error?.code).toBe('not_configured');
  });
});

test('if the time of a write ends while it waits for a token, the outcome is known, because nothing was sent', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const sent: string[] = [];
  const answers: Record<string, unknown> = {
    '/api/v1/connected_accounts/details': { connected_account: { status: 'ACTIVE' } },
    '/proxy/things': { id: 't1' },
  };
  const scalekit = await listenOnLoopback(
    createServer(({ url = '' }, response) => {
      const [path = ''] = url.split('?');
      const isSecondToken = path === '/oauth/token' && sent.includes(path);
      sent.push(path);
      // The second token request gets no response.
      if (isSecondToken) return;
      response.end(JSON.stringify(answers[path] ?? { access_token: 'a', expires_in: 100 }));
    }),
    0,
  );
  const call = bed.environment(createThing, {
    SCALEKIT_ENV_URL: scalekit.url,
    ACCOUNT_CACHE_SECONDS: '3600',
  });
  const first = await call(write);
  vi.advanceTimersByTime(200_000);

  const { error } = await call({ ...write, remainingMs: 1_500 });

  await scalekit.close();
  expect(first.status).toBe(200);
  expect(error).toMatchObject({ code: 'provider_timeout', retryable: true });
  expect(sent.slice(3)).toEqual(['/oauth/token']);
});
