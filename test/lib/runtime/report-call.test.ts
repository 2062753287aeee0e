import { createServer } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createChain } from '../../../lib/runtime/chain.ts';
import { createRuntime } from '../../../lib/runtime/runtime.ts';
import type { SurfaceCall } from '../../../lib/surfaces/surface.ts';
import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';
import type { LogFields } from '../../../lib/telemetry/log.ts';
import { listenOnLoopback } from '../../../local/listen-on-loopback.ts';
import { createThing, readThing, throwInput } from '../../support/acme.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:scalekit-AbCdEf';
const input = { thing: 't1' };

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => {
  bed.reset();
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
});
afterEach(() => vi.unstubAllEnvs());

type Line = LogFields & { level: string; message: string };
const lines = (): Line[] =>
  bed
    .logged()
    .split('\n')
    .map((line) => JSON.parse(line));
const hashes = () => lines().map(({ identifier_hash }) => identifier_hash);

describe('the log line of a call', () => {
  test('has all fields if the call succeeded', async () => {
    const call = bed.environment(readThing);

    const answers = [await call({ input }), await call({ input })];

    expect(lines()).toEqual(
      answers.map(({ headers }, index) => ({
        level: 'INFO',
        message: 'call succeeded',
        tool: 'acme_read_thing',
        surface: 'http',
        request_id: headers['x-request-id'],
        identifier_hash: identifierHash('user_ada', bed.scalekit.clientSecret),
        caller_hash: identifierHash('user_ada', bed.scalekit.clientSecret),
        delegated: false,
        attempts: expect.any(Number),
        retries: 0,
        upstream_ms: expect.any(Number),
        account_from_cache: index === 1,
        duration_ms: expect.any(Number),
      })),
    );
  });

  test("has the provider's status and path if the provider rejected the call", async () => {
    bed.provider.script = () => ({ status: 409, body: { error: 'canary-6d1' } });

    await bed.environment(readThing)({ input });

    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'call failed',
        code: 'conflict',
        upstream_status: 409,
        path_template: '/things/{}',
        account_from_cache: false,
        identifier_hash: identifierHash('user_ada', bed.scalekit.clientSecret),
      }),
    ]);
  });

  test("has the error's class and location if the tool failed", async () => {
    await bed.environment(throwInput)({ input: { secret: 'canary-6d1' } });

    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        code: 'internal_error',
        error_class: 'TypeError',
        error_frames: expect.arrayContaining([expect.stringMatching(/acme\.ts:\d+:\d+$/)]),
      }),
    ]);
    expect(bed.logged()).not.toContain('canary-6d1');
  });

  test('has no field about the account check if no account was checked', async () => {
    await bed.environment(readThing)({ input: {} });

    expect(lines()).toHaveLength(1);
    expect(lines()[0]).not.toHaveProperty('account_from_cache');
    expect(bed.measured()).toEqual([
      expect.objectContaining({ code: 'invalid_input', accountFromCache: undefined }),
    ]);
  });
});

describe('the log line and the metrics of a call', () => {
  const attemptsOf = (name: string) => bed.measured().map((call) => Reflect.get(call, name));

  test('contain the attempts that were retries', async () => {
    let attempts = 0;
    bed.provider.script = () => {
      attempts += 1;
      return attempts < 3 ? { status: 503 } : { body: { id: 't1', title: 'A thing' } };
    };

    await bed.environment(readThing)({ input });

    expect(lines()).toMatchObject([{ attempts: 3, retries: 2, account_from_cache: false }]);
    expect(attemptsOf('attemptDurationsMs')).toEqual([Array(3).fill(expect.any(Number))]);
    expect(attemptsOf('retries')).toEqual([2]);
  });

  test('contain the retry after an expired token', async () => {
    const call = bed.environment(readThing);
    await call({ input });
    bed.scalekit.expireTokens();
    await call({ input });

    expect(attemptsOf('retries')).toEqual([0, 1]);
  });

  test('contain an attempt that was still running at the deadline', async () => {
    bed.provider.script = () => 'hang';

    await bed.environment(createThing)({ input: { title: 'x' }, remainingMs: 1_300 });

    const [call] = lines().filter(({ code }) => code);
    expect(call).toMatchObject({ code: 'outcome_unknown', attempts: 1, retries: 0 });
    expect(call?.upstream_ms).toBeGreaterThan(300);
  });
});

test('a response that the surface cannot build counts as one failed call', async () => {
  const codes: unknown[] = [];
  const runtime = createRuntime({
    variables: {
      SCALEKIT_ENV_URL: bed.scalekit.url,
      SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
      SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
      USER_VERIFY_URL: 'none',
    },
    log: (_level, message, { code }) => codes.push([message, code]),
    metrics: ({ code }) => codes.push(code),
  });
  const surface: SurfaceCall = {
    caller: () => ({ identifier: 'user_ada' }),
    input: () => input,
    answer() {
      throw new TypeError('cannot be serialised');
    },
    answerError: ({ code }) => code,
  };

  const answer = await createChain(readThing, runtime, [{ name: 'broken', receive: () => surface }]).run(
    {},
    {},
  );

  expect(answer).toBe('internal_error');
  expect(codes).toEqual(['internal_error', ['call failed', 'internal_error']]);
});

describe('the metrics of a call', () => {
  test('are recorded once, with the error code if the call failed', async () => {
    const call = bed.environment(readThing);

    await call({ input });
    bed.provider.script = () => ({ status: 404 });
    await call({ input });

    const expected = { tool: 'acme_read_thing', durationMs: expect.any(Number), retries: 0 };
    expect(bed.measured()).toEqual([
      expect.objectContaining({ ...expected, code: undefined, accountFromCache: false }),
      expect.objectContaining({ ...expected, code: 'not_found', accountFromCache: true }),
    ]);
  });
});

describe('the hash of the identifier in the log', () => {
  test('is the same in all calls of a user, and different for each user', async () => {
    const call = bed.environment(readThing);
    const other = bed.environment(createThing);

    await call({ input });
    await call({ user: 'user_grace', input });
    await other({ input: { title: 'x' } });

    const [ada, grace, adaAgain] = lines().flatMap(({ message, identifier_hash }) =>
      message.startsWith('call') ? identifier_hash : [],
    );
    expect(ada).toMatch(/^[0-9a-f]{16}$/);
    expect(adaAgain).toBe(ada);
    expect(grace).toMatch(/^[0-9a-f]{16}$/);
    expect(grace).not.toBe(ada);
  });

  test('is left out if no user was identified', async () => {
    await bed.environment(readThing)({ claims: {}, input });

    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatchObject({ code: 'unauthenticated' });
    expect(hashes()).toEqual([undefined]);
  });

  test('is left out until the secret has been read, and causes no additional request or wait', async () => {
    // Prepare
    const asked: unknown[] = [];
    const secretsManager = await listenOnLoopback(
      createServer((request, response) => {
        asked.push(request.url);
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.end(JSON.stringify({ SecretString: bed.scalekit.clientSecret }));
      }),
      0,
    );
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secretsManager.url);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const call = bed.environment(readThing, {
      SCALEKIT_CLIENT_SECRET: '',
      SCALEKIT_CLIENT_SECRET_ARN: ARN,
    });

    // Act
    await call({ input: {} });
    const askedBefore = asked.length;
    await call({ input });
    await call({ input: {} });
    await secretsManager.close();

    // Assess
    const known = identifierHash('user_ada', bed.scalekit.clientSecret);
    expect(hashes()).toEqual([undefined, known, known]);
    expect(askedBefore).toBe(0);
    expect(asked).toHaveLength(1);
  });
});

describe('a log or metrics function that fails', () => {
  const fail = () => {
    throw new Error('no space left');
  };
  const reject = async () => fail();

  test.each([
    ['a log that throws', { log: fail }],
    ['metrics that throw', { metrics: fail }],
    ['a log and metrics that throw', { log: fail, metrics: fail }],
    ['a log and metrics that reject asynchronously', { log: reject, metrics: reject }],
  ])('does not change the response: %s', async (_, sinks) => {
    const call = bed.environment(createThing, {}, sinks);

    const success = await call({ input: { title: 'x' } });
    bed.provider.script = () => ({ status: 409 });
    const failure = await call({ input: { title: 'x' } });
    // Wait a moment, because an unhandled rejection would then end the test process.
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect([success.status, success.json]).toEqual([200, { id: 't1' }]);
    expect([failure.status, failure.error?.code]).toEqual([409, 'conflict']);
  });

  test('does not prevent the call of the other function', async () => {
    const withoutLog = bed.environment(readThing, {}, { log: fail });
    const withoutMetrics = bed.environment(readThing, {}, { metrics: fail });

    await withoutLog({ input });
    expect(bed.measured()).toHaveLength(1);
    await withoutMetrics({ input });
    expect(lines()).toHaveLength(1);
  });
});
