import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ConsentStates } from '../../../lib/scalekit/consent-state.ts';
import { SECRET_ARN, startSecretsManager } from '../../../local/secrets-manager/start-secrets-manager.ts';
import { anyHandler } from '../../../local/testing/any-handler.ts';
import { type AccountsBed, type Returned, startAccountsBed, VERIFY } from '../../support/accounts-bed.ts';
import { readThing } from '../../support/acme.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from '../../support/http-event.ts';
import { startMortalServer } from '../../support/mortal-server.ts';

const ROUTE = 'POST /accounts/verify';
const DETAILS = '/api/v1/connected_accounts/details';
const MINUTE_MS = 60_000;
const iam = { iam: { userArn: 'arn:aws:sts::123456789012:assumed-role/backend/session' } };

let bed: AccountsBed;
let send: ReturnType<AccountsBed['environment']>;
/** Values that must not appear in any log line. */
let secrets: string[];
beforeAll(async () => {
  bed = await startAccountsBed();
  return () => bed.close();
});
beforeEach(() => {
  bed.reset();
  send = bed.environment();
  secrets = ['user_', 'org_1', 'magicLink'];
});
afterEach(() => {
  vi.useRealTimers();
  for (const secret of secrets) expect(bed.logged()).not.toContain(secret);
});

const as = (user: string, body: unknown, call = {}) => send(ROUTE, { claims: { sub: user }, body, ...call });
const statusOf = (user: string, connection = 'acme') => bed.scalekit.getAccount(connection, user)?.status;

/**
 * Completes a user's consent. Returns the query parameters with which the browser returns to the page at
 * USER_VERIFY_URL.
 */
async function begun(user: string, connector = 'acme', environment = send): Promise<Returned> {
  const { authorization_url: url } = await bed.link(environment, user, connector);
  const returned = await bed.consent(url);
  secrets.push(returned.state, returned.auth_request_id);
  expect(statusOf(user, connector)).toBe('PENDING_VERIFICATION');
  return returned;
}

describe('the user who gave the consent', () => {
  test('can verify the account, and the account becomes ACTIVE', async () => {
    const returned = await begun('user_ada', 'globex');

    const { status, json } = await as('user_ada', returned);

    expect([status, json]).toEqual([200, { connector: 'globex', status: 'ACTIVE' }]);
    expect(statusOf('user_ada', 'globex')).toBe('ACTIVE');
    expect(bed.verifications()).toBe(1);
  });

  test("can verify the account after opening the link from a tool's error", async () => {
    const variables = { ...bed.variables };
    bed.scalekit.setAccount('acme', 'user_ada', { status: 'EXPIRED' });
    const tool = anyHandler(readThing, { variables, log: () => {}, metrics: () => {} });
    const call = await tool(httpEvent({ body: { thing: 't1' } }), lambdaContext());
    const { error } = readHttpAnswer(call);

    const returned = await bed.consent(error?.authorization_url ?? '');

    expect((await as('user_ada', returned)).json).toEqual({ connector: 'acme', status: 'ACTIVE' });
  });

  test.each([
    ['a machine client', { claims: { sub: 'm2m', scope: 'tools:delegate' } }],
    ['an IAM principal', { authorizer: iam }],
  ])('may be named by %s', async (_, caller) => {
    const returned = await begun('user_grace');
    const call = { ...caller, body: returned };

    const other = await send(ROUTE, { ...call, headers: { 'x-identifier': 'user_ada' } });
    const own = await send(ROUTE, { ...call, headers: { 'x-identifier': 'user_grace' } });

    expect([other.error?.code, own.json]).toEqual(['forbidden', { connector: 'acme', status: 'ACTIVE' }]);
  });

  test("has the identifier that each connector's identity template defines", async () => {
    send = bed.environment({ ACME_IDENTITY_TEMPLATE: '{org_id}' });
    bed.scalekit.setAccount('acme', 'org_1', { status: 'EXPIRED', accessToken: 'a-token' });
    const claims = { sub: 'user_ada', org_id: 'org_1' };
    const route = 'POST /accounts/{connector}/authorize';
    const link = async (connector: string) =>
      Object((await send(route, { claims, pathParameters: { connector } })).json).authorization_url;
    const shared = await bed.consent(await link('acme'));
    const own = await bed.consent(await link('globex'));

    const outsider = await send(ROUTE, { claims: { sub: 'user_ada', org_id: 'org_2' }, body: shared });
    const answers = [
      await send(ROUTE, { claims, body: shared }),
      await send(ROUTE, { claims: { sub: 'user_ada' }, body: own }),
    ];

    expect(outsider.error?.code).toBe('forbidden');
    expect(answers.map(({ json }) => json)).toEqual([
      { connector: 'acme', status: 'ACTIVE' },
      { connector: 'globex', status: 'ACTIVE' },
    ]);
  });

  test('can verify the account even if its status cannot be read afterwards', async () => {
    const returned = await begun('user_ada');
    bed.scalekit.addFault({ path: DETAILS, answer: { status: 500 } });

    const { status, json } = await as('user_ada', returned);

    expect([status, json]).toEqual([200, { connector: 'acme', status: null }]);
    expect(bed.logged()).toContain('the status of a verified account could not be read');
  });
});

describe('a user who did not give the consent', () => {
  test.each<[string, (ada: Returned, grace: Returned) => [user: string, body: Returned], string, number]>([
    ["with Ada's state and request", (ada) => ['user_grace', ada], 'forbidden', 0],
    [
      "with Ada's state and their own request",
      ({ state }, grace) => ['user_grace', { ...grace, state }],
      'forbidden',
      0,
    ],
    [
      "with their own state and Ada's request",
      (ada, { state }) => ['user_grace', { ...ada, state }],
      'forbidden',
      1,
    ],
    [
      "who is signed in as Ada, with Grace's request",
      (ada, grace) => ['user_ada', { ...grace, state: ada.state }],
      'forbidden',
      1,
    ],
    ['who has neither a state nor a request', (ada) => ['user_new', ada], 'forbidden', 0],
  ])('cannot complete a consent: a user %s', async (_, attack, code, sent) => {
    const [ada, grace] = [await begun('user_ada'), await begun('user_grace')];
    const [user, body] = attack(ada, grace);

    const { error, json } = await as(user, body);

    expect(error?.code).toBe(code);
    expect(JSON.stringify(json)).not.toMatch(/user_|PENDING|ACTIVE|acme/);
    expect([statusOf('user_ada'), statusOf('user_grace')]).toEqual(Array(2).fill('PENDING_VERIFICATION'));
    expect(bed.verifications()).toBe(sent);
  });

  test('cannot prevent Ada and Grace from completing their own consents', async () => {
    const [ada, grace] = [await begun('user_ada'), await begun('user_grace')];
    await as('user_grace', ada);
    await as('user_grace', { ...grace, state: ada.state });

    const answers = [await as('user_ada', ada), await as('user_grace', grace)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('cannot find out with a made-up request ID whether a consent was started', async () => {
    const { state } = await begun('user_ada');

    const { error } = await as('user_ada', { auth_request_id: 'made-up', state });

    expect(error?.code).toBe('not_found');
    expect(statusOf('user_ada')).toBe('PENDING_VERIFICATION');
  });
});

describe('the state of a consent', () => {
  test.each<[string, (state: string) => string, string]>([
    ['lacks its first character', (state) => state.slice(1), 'invalid_input'],
    ['is empty', () => '', 'invalid_input'],
    ['is another text', () => 'x'.repeat(10_000), 'invalid_input'],
    ['has a changed expiry', (state) => changed(state, 21), 'forbidden'],
    ['has a changed signature', (state) => changed(state, 53), 'forbidden'],
    ['was made with another secret', () => issuedWith('guessed'), 'forbidden'],
    ['was made for an unknown connector', () => issuedWith('local-client-secret', 'initech'), 'forbidden'],
  ])('is rejected before any request or database operation if it %s', async (_, change, code) => {
    const returned = await begun('user_ada');
    bed.dynamoDb.operations.length = 0;

    const { error } = await as('user_ada', { ...returned, state: change(returned.state) });

    expect(error?.code).toBe(code);
    expect([bed.verifications(), bed.dynamoDb.operations]).toEqual([0, []]);
  });

  test('is accepted shortly before it expires, and rejected afterwards', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const [ada, grace] = [await begun('user_ada'), await begun('user_grace')];
    const begunAtMs = Math.floor(Date.now() / 1_000) * 1_000;

    vi.setSystemTime(begunAtMs + 10 * MINUTE_MS - 2_000);
    const before = await as('user_ada', ada);
    vi.setSystemTime(begunAtMs + 10 * MINUTE_MS + 1_000);
    const after = await as('user_grace', grace);

    expect(before.status).toBe(200);
    expect(after.error).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/expired.*new link/),
    });
    expect(statusOf('user_grace')).toBe('PENDING_VERIFICATION');
  });

  test('is accepted only once, even by different environments', async () => {
    const returned = await begun('user_ada');
    await as('user_ada', returned);
    send = bed.environment();

    const { error } = await as('user_ada', returned);

    expect(error).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/used already.*new link/),
    });
    expect(bed.verifications()).toBe(1);
  });

  test('cannot be used again after Scalekit has rejected the request', async () => {
    const { state, auth_request_id } = await begun('user_ada');
    await as('user_ada', { auth_request_id: 'made-up', state });

    expect((await as('user_ada', { auth_request_id, state })).error?.code).toBe('conflict');
    expect(bed.verifications()).toBe(1);
  });

  test('is sent to Scalekit once if it arrives many times concurrently', async () => {
    const returned = await begun('user_ada');
    const environments = [send, bed.environment(), bed.environment()];

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        environments[index % 3]?.(ROUTE, { claims: { sub: 'user_ada' }, body: returned }),
      ),
    );

    expect(answers.filter((answer) => answer?.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer?.error?.code === 'conflict')).toHaveLength(11);
    expect(bed.verifications()).toBe(1);
  });
});

describe('the verification of an account', () => {
  test.each(['lost', 'throttled', 'hangs'] as const)(
    'sends no request to Scalekit if the table has the fault: %s',
    async (fault) => {
      const returned = await begun('user_ada');
      bed.dynamoDb.fault = (operation) => (operation === 'PutItem' ? fault : undefined);
      const { status, error } = await as('user_ada', returned);
      bed.dynamoDb.fault = () => undefined;

      expect([status, error?.code]).toEqual([503, 'dependency_unavailable']);
      expect(bed.verifications()).toBe(0);
      expect((await as('user_ada', returned)).status).toBe(200);
    },
  );

  test.each([
    ['503', { answer: { status: 503 } }, 'scalekit_unavailable'],
    ['500', { answer: { status: 500 } }, 'scalekit_unavailable'],
    ['429', { answer: { status: 429 } }, 'rate_limited'],
    ['a lost connection', { drop: 'after-read' as const }, 'scalekit_unavailable'],
  ])('lets the user try again with the same state after a fault of Scalekit: %s', async (_, fault, code) => {
    const returned = await begun('user_ada');
    bed.scalekit.addFault({ path: VERIFY, times: 1, ...fault });

    const first = await as('user_ada', returned);
    const second = await as('user_ada', returned);

    expect([first.error?.code, first.error?.retryable]).toEqual([code, true]);
    expect([second.status, statusOf('user_ada')]).toEqual([200, 'ACTIVE']);
    expect(bed.verifications(), 'each was sent once').toBe(2);
  });

  test('leaves time to release the state if Scalekit does not respond', async () => {
    const returned = await begun('user_ada');
    bed.scalekit.addFault({ path: VERIFY, times: 1, hang: true });
    const sentAtMs = performance.now();

    const first = await as('user_ada', returned, { remainingMs: 4_500 });

    expect(first.error?.code).toBe('scalekit_unavailable');
    expect(performance.now() - sentAtMs).toBeLessThan(2_500);
    expect((await as('user_ada', returned)).status).toBe(200);
  });

  test('logs an error if Scalekit and then the table fail, and the state cannot be used again', async () => {
    const returned = await begun('user_ada');
    bed.scalekit.addFault({ path: VERIFY, times: 1, answer: { status: 503 } });
    bed.dynamoDb.fault = (operation) => (operation === 'DeleteItem' ? 'lost' : undefined);

    const first = await as('user_ada', returned);

    expect(first.error?.code).toBe('scalekit_unavailable');
    expect(bed.logged()).toContain('a state could not be freed');
    expect((await as('user_ada', returned)).error?.code).toBe('conflict');
  });

  test('uses no connection that was closed while the environment was frozen', async () => {
    const served: string[] = [];
    const mortal = await startMortalServer(async (request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      await text(request);
      served.push(path);
      const token = { access_token: 'a-token', expires_in: 3_600 };
      response.end(JSON.stringify({ ...token, connected_account: { status: 'ACTIVE' } }));
    });
    onTestFinished(() => mortal.close());
    send = bed.environment({ SCALEKIT_ENV_URL: mortal.url });
    await send('GET /accounts');
    mortal.killConnections();

    const { status } = await as('user_ada', {
      auth_request_id: 'request',
      state: issuedWith('local-client-secret'),
    });

    expect([status, served.filter((path) => path === VERIFY)]).toEqual([200, [VERIFY]]);
    expect(mortal.attemptsOnDead).toBe(0);
  });

  test('renews an expired access token of our client without an error', async () => {
    const returned = await begun('user_ada');
    bed.scalekit.expireTokens();

    expect((await as('user_ada', returned)).status).toBe(200);
  });

  test.each([
    [403, 'forbidden'],
    [404, 'not_found'],
    [400, 'conflict'],
    [409, 'conflict'],
    [412, 'conflict'],
  ])(
    "turns Scalekit's status %i into the error %s, and leaves out Scalekit's message",
    async (status, code) => {
      const returned = await begun('user_ada');
      bed.scalekit.addFault({ path: VERIFY, answer: { status, body: { message: 'of-scalekit-alone' } } });

      const { error, body } = await as('user_ada', returned);

      expect(error?.code).toBe(code);
      expect(body).not.toContain('of-scalekit-alone');
      expect(bed.logged()).not.toContain('of-scalekit-alone');
    },
  );
});

describe('the request body', () => {
  const good = { auth_request_id: 'request', state: 'x'.repeat(72) };

  test.each<[string, unknown, string[]]>([
    ['is an empty object', {}, ['auth_request_id', 'state']],
    ['names a user', { ...good, identifier: 'user_grace' }, ['identifier']],
    ['has a key that is not declared', { ...good, connector: 'acme' }, ['connector']],
    ['has values of wrong types', { auth_request_id: 7, state: null }, ['auth_request_id', 'state']],
    ['has an empty ID', { ...good, auth_request_id: '' }, ['auth_request_id']],
    ['has an ID with a line end', { ...good, auth_request_id: 'a\r\nb' }, ['auth_request_id']],
    ['has an ID that is too long', { ...good, auth_request_id: 'a'.repeat(513) }, ['auth_request_id']],
    ['is a list', [], ['']],
    ['is not JSON', '{"state":', ['']],
  ])(
    'is rejected with an error that names each wrong field but no value, if the body %s',
    async (_, body, paths) => {
      const { status, error, body: answered } = await as('user_ada', body);

      expect([status, error?.code, error?.details.map(({ path }) => path)]).toEqual([
        400,
        'invalid_input',
        paths,
      ]);
      expect(answered).not.toMatch(/user_grace|x{9}|a{9}/);
      expect(bed.scalekit.requests).toEqual([]);
    },
  );

  test.each([
    ['a caller without a verified token', { authorizer: null }, 'unauthenticated'],
    [
      'a machine client that names no user',
      { claims: { sub: 'm2m', scope: 'tools:delegate' } },
      'unauthenticated',
    ],
    ['a user who names another user', { headers: { 'x-identifier': 'user_grace' } }, 'forbidden'],
  ])('is not read for %s', async (_, call, code) => {
    expect((await as('user_ada', {}, call)).error?.code).toBe(code);
  });

  test('is not read if the caller lacks the required scope', async () => {
    send = bed.environment({ REQUIRED_SCOPE: 'tools' });

    expect((await as('user_ada', {})).error?.code).toBe('forbidden');
  });
});

test('a consent succeeds even if the client secret is rotated while the user is on the consent page', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const secretsManager = await startSecretsManager('local-client-secret');
  for (const [name, value] of Object.entries(secretsManager.variables)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    return secretsManager.close();
  });
  const variables = { SCALEKIT_CLIENT_SECRET: '', SCALEKIT_CLIENT_SECRET_ARN: SECRET_ARN };
  send = bed.environment(variables);
  const { auth_request_id } = await begun('user_ada');
  // The secret was rotated. A tool that started later signs with the new secret, and Scalekit now accepts only the
  // new secret from our client.
  const state = issuedWith('rotated-client-secret');
  secretsManager.answer(200, { SecretString: 'rotated-client-secret' });
  vi.setSystemTime(Date.now() + MINUTE_MS);

  const { status } = await as('user_ada', { auth_request_id, state });

  expect(status).toBe(200);
  expect(secretsManager.requests).toHaveLength(2);
});

test('verification works without a table, and the operator is warned once', async () => {
  send = bed.environment({ IDEMPOTENCY_TABLE: 'none' });
  const returned = await begun('user_ada');

  const answers = [await as('user_ada', returned), await as('user_ada', returned)];

  expect(
    answers.map(({ status }) => status),
    'Scalekit itself takes a request once',
  ).toEqual([200, 404]);
  expect(bed.logged().match(/IDEMPOTENCY_TABLE is none/g)).toHaveLength(1);
  expect(bed.dynamoDb.operations).toEqual([]);
});

function changed(state: string, index: number): string {
  const bytes = Buffer.from(state, 'base64url');
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64url');
}

function issuedWith(secret: string, connection = 'acme'): string {
  return new ConsentStates(secret).issue({ connection, identifier: 'user_ada' }).text;
}
