import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { accountsCatalogue } from '../../../lib/accounts/accounts-catalogue.ts';
import { createAccountsFunction } from '../../../lib/accounts/accounts-function.ts';
import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';
import { type AccountsBed, startAccountsBed, USER_VERIFY_URL } from '../../support/accounts-bed.ts';
import { createThing, readThing } from '../../support/acme.ts';
import { sendNote } from '../../support/globex.ts';
import { lambdaContext } from '../../support/http-event.ts';

const DETAILS = '/api/v1/connected_accounts/details';
const MAGIC_LINK = '/api/v1/connected_accounts/magic_link';
const LIST = 'GET /accounts';
const AUTHORIZE = 'POST /accounts/{connector}/authorize';
const ROLE = 'arn:aws:iam::123456789012:role/backend';
const acme = { connector: 'acme' };
const iam = { iam: { userArn: 'arn:aws:sts::123456789012:assumed-role/backend/session' } };

let bed: AccountsBed;
beforeAll(async () => {
  bed = await startAccountsBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());
afterEach(() => {
  vi.useRealTimers();
  expect(bed.logged()).not.toMatch(/user_|org_1|magicLink/);
});

const asked = () => bed.scalekit.requests.map(({ kind, rpc }) => rpc ?? kind);

test('the catalogue lists each connector that has tools once, without the code of the tools', () => {
  expect(accountsCatalogue([sendNote, readThing, createThing])).toEqual({
    connectors: [
      {
        name: 'acme',
        connectionSetting: 'ACME_CONNECTION',
        identityTemplateSetting: 'ACME_IDENTITY_TEMPLATE',
      },
      {
        name: 'globex',
        connectionSetting: 'GLOBEX_CONNECTION',
        identityTemplateSetting: 'GLOBEX_IDENTITY_TEMPLATE',
      },
    ],
  });
});

describe('GET /accounts', () => {
  test('returns the current status of each connector without creating accounts', async () => {
    const send = bed.environment();
    bed.scalekit.setAccount('acme', 'user_ada', { status: 'EXPIRED' });
    bed.scalekit.deleteAccount('globex', 'user_ada');
    const first = await send(LIST);
    bed.scalekit.setAccount('acme', 'user_ada', { status: 'ACTIVE' });

    const second = await send(LIST);

    expect([first.status, first.json]).toEqual([
      200,
      {
        accounts: [
          { connector: 'acme', status: 'EXPIRED' },
          { connector: 'globex', status: null },
        ],
      },
    ]);
    expect(second.json).toMatchObject({ accounts: [{ status: 'ACTIVE' }, { status: null }] });
    expect(bed.scalekit.getAccount('globex', 'user_ada')).toBeUndefined();
    expect(new Set(asked())).toEqual(new Set(['token', 'GetConnectedAccountDetails']));
  });

  test('requests all statuses concurrently', async () => {
    const send = bed.environment();
    await send(LIST);
    bed.scalekit.addFault({ path: DETAILS, latencyMs: 800 });
    const startedAtMs = performance.now();

    await send(LIST);

    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
  });

  test('fails if the status of one connector cannot be read', async () => {
    bed.scalekit.addFault({ path: DETAILS, times: 1, answer: { status: 500 } });

    const { status, error } = await bed.environment()(LIST);

    expect([status, error?.code]).toEqual([503, 'scalekit_unavailable']);
  });

  test('ends before its deadline if Scalekit does not respond', async () => {
    bed.scalekit.addFault({ path: DETAILS, hang: true });

    const { error } = await bed.environment()(LIST, { remainingMs: 2_000 });

    expect(error?.code).toBe('scalekit_unavailable');
  });
});

describe('the accounts function', () => {
  const variables = { ACME_IDENTITY_TEMPLATE: '{org_id}', REQUIRED_SCOPE: 'tools' };
  const statuses = async (call: object, changed: object = variables) =>
    (await bed.environment({ ...changed })(LIST, call)).json;

  test("uses the identity template of each connector to find the user's account", async () => {
    bed.scalekit.setAccount('acme', 'org_1', { status: 'EXPIRED' });

    expect(await statuses({ claims: { sub: 'user_ada', org_id: 'org_1', scope: 'tools' } })).toEqual({
      accounts: [
        { connector: 'acme', status: 'EXPIRED' },
        { connector: 'globex', status: 'ACTIVE' },
      ],
    });
  });

  test('leaves out a connector if the user lacks a claim in its identity template', async () => {
    expect(await statuses({ claims: { sub: 'user_ada', scope: 'tools' } })).toEqual({
      accounts: [
        { connector: 'acme', status: null },
        { connector: 'globex', status: 'ACTIVE' },
      ],
    });
  });

  test.each([
    ['a caller without a verified token', { authorizer: null }, 'unauthenticated'],
    ['a caller without the claims of any connector', { claims: { scope: 'tools' } }, 'unauthenticated'],
    ['a caller without the required scope', { claims: { sub: 'user_ada' } }, 'forbidden'],
    [
      'a user who names another user',
      {
        claims: { sub: 'user_ada', org_id: 'org_1', scope: 'tools' },
        headers: { 'x-identifier': 'user_grace' },
      },
      'forbidden',
    ],
    [
      'a machine client that names no user',
      { claims: { sub: 'm2m', scope: 'tools tools:delegate' } },
      'unauthenticated',
    ],
    ['an IAM principal that names no user', { authorizer: iam }, 'unauthenticated'],
  ])('rejects %s before any request to Scalekit', async (_, call, code) => {
    const send = bed.environment(variables);

    const errors = [await send(LIST, call), await send(AUTHORIZE, { ...call, pathParameters: acme })];

    expect(errors.map(({ error }) => error?.code)).toEqual([code, code]);
    expect(asked()).toEqual([]);
  });

  test.each([
    ['a machine client', { claims: { sub: 'm2m', scope: 'tools tools:delegate' } }, {}],
    ['an IAM principal', { authorizer: iam }, {}],
    ['a role in DELEGATION_ROLES', { authorizer: iam }, { DELEGATION_ROLES: ROLE }],
  ])('lets %s name the user', async (_, call, changed) => {
    bed.scalekit.setAccount('acme', 'user_grace', { status: 'EXPIRED' });

    const headers = { 'x-identifier': 'user_grace' };
    expect(await statuses({ ...call, headers }, { ...variables, ...changed })).toMatchObject({
      accounts: [{ status: 'EXPIRED' }, { status: 'ACTIVE' }],
    });
  });

  test('rejects a caller whose role is not allowed to choose the user', async () => {
    const call = { authorizer: iam, headers: { 'x-identifier': 'user_grace' } };
    const send = bed.environment({ DELEGATION_ROLES: `${ROLE}-2` });

    expect((await send(LIST, call)).error?.code).toBe('forbidden');
  });
});

describe('POST /accounts/{connector}/authorize', () => {
  test('creates a missing account, and returns a consent link with its state', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-25T09:00:00Z') });
    const send = bed.environment();
    const call = { claims: { sub: 'user_new' }, pathParameters: acme, body: {} };

    const { status, json } = await send(AUTHORIZE, call);

    expect([status, json]).toEqual([
      200,
      {
        connector: 'acme',
        authorization_url: expect.stringContaining(`${bed.scalekit.url}/magicLink/`),
        state: expect.stringMatching(/^[\w-]{72}$/),
        expires_at: '2026-11-25T09:10:00Z',
      },
    ]);
    expect(bed.scalekit.getAccount('acme', 'user_new')?.status).toBe('PENDING_AUTH');
  });

  test('returns a link that leads back to the page at USER_VERIFY_URL with the same state', async () => {
    const { authorization_url: url, state } = await bed.link(bed.environment(), 'user_ada');

    const confirmed = await fetch(url, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' });

    const location = confirmed.headers.get('location') ?? '';
    expect(location.startsWith(`${USER_VERIFY_URL}?`)).toBe(true);
    expect(new URL(location).searchParams.get('state')).toBe(state);
  });

  test("returns Scalekit's link even if tools return a link to the application's page", async () => {
    const send = bed.environment({ CONNECT_URL: 'https://app.example.com/connect' });

    const { authorization_url: url } = await bed.link(send, 'user_ada');

    expect(url).toContain(`${bed.scalekit.url}/magicLink/`);
  });

  test('returns no state if user verification is off', async () => {
    const send = bed.environment({ USER_VERIFY_URL: 'none' });

    const { json } = await send(AUTHORIZE, { pathParameters: acme });

    expect(json).toMatchObject({
      authorization_url: expect.stringContaining('/magicLink/'),
      state: null,
      expires_at: null,
    });
  });

  test.each([undefined, {}, '', ' {} '])('accepts the body %j', async (body) => {
    const { status } = await bed.environment()(AUTHORIZE, { pathParameters: acme, body });

    expect(status).toBe(200);
  });

  test.each([
    ['a key', { identifier: 'user_grace' }, 'identifier'],
    ['a list', [], ''],
    ['text that is not JSON', '{', ''],
  ])('rejects a body with %s before any request', async (_, body, path) => {
    const { error } = await bed.environment()(AUTHORIZE, { pathParameters: acme, body });

    expect([error?.code, error?.details]).toEqual(['invalid_input', [expect.objectContaining({ path })]]);
    expect(asked()).toEqual([]);
  });

  test.each(['initech', '', 'ACME', '__proto__', 'acme '])(
    'returns not_found for the unknown connector %j',
    async (connector) => {
      const { status, error } = await bed.environment()(AUTHORIZE, { pathParameters: { connector } });

      expect([status, error?.code]).toEqual([404, 'not_found']);
    },
  );

  test('returns not_found if the request names no connector', async () => {
    expect((await bed.environment()(AUTHORIZE)).error?.code).toBe('not_found');
  });

  test.each([
    ['a response with status 503', { answer: { status: 503 } }, 'scalekit_unavailable'],
    ['a response with status 400', { answer: { status: 400 } }, 'not_configured'],
    [
      'a response in a wrong format',
      { answer: { status: 200, body: { link: 'ftp://x' } } },
      'scalekit_unavailable',
    ],
    [
      'a link that is too long',
      { answer: { status: 200, body: { link: `https://x.example/${'a'.repeat(1_000)}` } } },
      'scalekit_unavailable',
    ],
  ])('returns an error if Scalekit returns no valid link: %s', async (_, fault, code) => {
    bed.scalekit.addFault({ path: MAGIC_LINK, ...fault });

    expect((await bed.environment()(AUTHORIZE, { pathParameters: acme })).error?.code).toBe(code);
  });

  test('returns an error if the connection is missing at Scalekit', async () => {
    const send = bed.environment({ ACME_CONNECTION: 'nowhere' });

    const { error } = await send(AUTHORIZE, { pathParameters: acme });

    expect(error).toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('ACME_CONNECTION'),
    });
  });
});

describe('the handler of the accounts function', () => {
  test.each(['DELETE /accounts', 'POST /accounts', '$default', '__proto__'])(
    'rejects the unknown route %s',
    async (route) => {
      expect((await bed.environment()(route)).error?.code).toBe('internal_error');
    },
  );

  test('requests the access token during initialisation only in Lambda', async () => {
    bed.environment();
    bed.environment({ AWS_LAMBDA_FUNCTION_NAME: 'accounts' });

    await expect.poll(asked).toEqual(['token']);
  });

  test.each([
    ['SCALEKIT_ENV_URL', undefined],
    ['USER_VERIFY_URL', undefined],
    ['IDEMPOTENCY_TABLE', undefined],
    ['ACME_IDENTITY_TEMPLATE', 'nobody'],
  ])('does not start if %s is invalid', (name, value) => {
    expect(() => bed.environment({ [name]: value })).toThrow(name);
  });

  test('returns an error object for an event that is not from API Gateway', async () => {
    const handler = createAccountsFunction({ connectors: [] }, { variables: bed.variables, log: () => {} });

    expect(await handler({ tool: 'x' }, lambdaContext())).toMatchObject({
      error: { code: 'internal_error' },
    });
  });
});

describe('the log line of a failure', () => {
  test.each([
    [
      'a user who names another user',
      { claims: { sub: 'user_ada', client_id: 'client-1' } },
      'client-1',
      false,
    ],
    ['a role that may not name users', { authorizer: iam }, ROLE, true],
  ])('contains the hash of the caller: %s', async (_, caller, name, delegated) => {
    const send = bed.environment({ DELEGATION_ROLES: 'arn:aws:iam::123456789012:role/other' });

    const { error } = await send(LIST, { ...caller, headers: { 'x-identifier': 'user_grace' } });

    expect(error?.code).toBe('forbidden');
    expect(JSON.parse(bed.logged())).toMatchObject({
      code: 'forbidden',
      caller_hash: identifierHash(name, bed.variables.SCALEKIT_CLIENT_SECRET ?? ''),
      delegated,
    });
    expect(bed.logged()).not.toMatch(/client-1|arn:aws/);
  });
});

test('connecting an account writes a log line at the start and a log line at the end', async () => {
  const send = bed.environment();
  bed.scalekit.setAccount('acme', 'user_ada', { status: 'EXPIRED' });
  const secret = bed.variables.SCALEKIT_CLIENT_SECRET ?? '';
  const common = {
    level: 'INFO',
    tool: 'accounts',
    connector: 'acme',
    identifier_hash: identifierHash('user_ada', secret),
    caller_hash: identifierHash('user_ada', secret),
    delegated: false,
  };

  const { authorization_url: link } = await bed.link(send, 'user_ada');
  const returned = await bed.consent(link);
  await send('POST /accounts/verify', { claims: { sub: 'user_ada' }, body: returned });

  const lines = bed.logged().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ ...common, message: 'consent started' }),
    expect.objectContaining({ ...common, message: 'account verified' }),
  ]);
  for (const secretText of [link, returned.state, returned.auth_request_id, 'user_ada'])
    expect(bed.logged()).not.toContain(secretText);
});
