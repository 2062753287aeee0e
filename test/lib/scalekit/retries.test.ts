import { setTimeout as sleep } from 'node:timers/promises';
import { defineTool, path } from 'scalekit-lambda-tools';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { Script } from '../../../local/testing/scripted-provider.ts';
import { createThing, readThing, searchThings } from '../../support/acme.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

const success = { body: { id: 't1', title: 'A thing', results: [] } };
const read = { input: { thing: 't1' } };
const write = { input: { title: 'A thing' } };

/** Sends these responses in order. The last response repeats. */
function inTurn(...answers: ReturnType<Script>[]): Script {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? success;
}

describe('a read', () => {
  test.each([
    ['two 503', { status: 503 }],
    ['two 502', { status: 502 }],
    ['two 504', { status: 504 }],
    ['two 429', { status: 429 }],
    ['two lost connections', 'reset'],
  ] as const)('succeeds after %s', async (_, fault) => {
    bed.provider.script = inTurn(fault, fault, success);

    expect((await bed.environment(readThing)(read)).status).toBe(200);
    expect(bed.provider.requests).toHaveLength(3);
  });

  test('that is sent as a POST is retried like a GET', async () => {
    bed.provider.script = inTurn({ status: 503 }, success);

    expect((await bed.environment(searchThings)()).status).toBe(200);
    expect(bed.provider.requests.map(({ method, body }) => [method, body])).toEqual(
      Array(2).fill(['POST', '{"limit":10}']),
    );
  });

  test.each([
    [500, 'provider_unavailable', 1],
    [501, 'provider_unavailable', 1],
    [404, 'not_found', 1],
    [302, 'invalid_provider_response', 1],
    [503, 'provider_unavailable', 3],
    [429, 'rate_limited', 3],
  ])(
    'of a provider that always returns %i fails with %s after %i attempts',
    async (status, code, attempts) => {
      bed.provider.script = () => ({ status });

      expect((await bed.environment(readThing)(read)).error?.code).toBe(code);
      expect(bed.provider.requests).toHaveLength(attempts);
    },
  );

  test('without a response leaves enough time for another attempt', async () => {
    bed.provider.script = inTurn('hang', success);

    expect((await bed.environment(readThing)({ ...read, remainingMs: 3_000 })).status).toBe(200);
  });

  test('without any response returns provider_timeout before the deadline', async () => {
    bed.provider.script = () => 'hang';

    const { error } = await bed.environment(readThing)({ ...read, remainingMs: 2_500 });

    expect(error).toMatchObject({ code: 'provider_timeout', retryable: true });
    expect(bed.provider.requests.length).toBeGreaterThan(1);
  });
});

describe('the wait that a provider requests', () => {
  test.each([429, 503])(
    'in a %i is observed before the next attempt if it fits into the deadline',
    async (status) => {
      const arrivedAtMs: number[] = [];
      const answers = inTurn({ status, headers: { 'retry-after': '1' } }, success);
      bed.provider.script = (request) => {
        arrivedAtMs.push(performance.now());
        return answers(request);
      };

      expect((await bed.environment(readThing)(read)).status).toBe(200);
      const [first = 0, second = 0] = arrivedAtMs;
      expect(second - first).toBeGreaterThan(990);
    },
  );

  test.each([
    [429, 'rate_limited', 3_600],
    [503, 'provider_unavailable', 3_600],
    [429, 'rate_limited', 10],
  ])(
    'in a %i leads immediately to %s with %i seconds if it does not fit into the deadline',
    async (status, code, seconds) => {
      bed.provider.script = () => ({ status, headers: { 'retry-after': String(seconds) } });

      const answer = await bed.environment(readThing)(read);

      expect(answer.error).toMatchObject({ code, retryable: true, retry_after_seconds: seconds });
      expect(answer.headers['retry-after']).toBe(String(seconds));
      expect(bed.provider.requests).toHaveLength(1);
    },
  );
});

describe('a write', () => {
  test('that was rejected with 429 is sent again, because it has changed nothing', async () => {
    bed.provider.script = inTurn({ status: 429 }, { status: 429 }, success);

    expect((await bed.environment(createThing)(write)).status).toBe(200);
    expect(bed.provider.requests).toHaveLength(3);
  });

  test('that was always rejected with 429 returns an error that the caller may retry', async () => {
    bed.provider.script = () => ({ status: 429, headers: { 'retry-after': '40' } });

    expect((await bed.environment(createThing)(write)).error).toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retry_after_seconds: 40,
    });
  });

  test.each([
    ['503', { status: 503 }],
    ['502', { status: 502 }],
    ['503 with a waiting time', { status: 503, headers: { 'retry-after': '1' } }],
    ['a lost connection', 'reset'],
    ['a response that is not JSON', { body: '<html>' }],
    ['a response with other fields', { body: { identifier: 't1' } }],
  ] as const)('that ends with %s returns outcome_unknown, and is sent only once', async (_, fault) => {
    bed.provider.script = inTurn(fault, success);

    expect((await bed.environment(createThing)(write)).error).toMatchObject({
      code: 'outcome_unknown',
      retryable: false,
      retry_after_seconds: null,
    });
    expect(bed.provider.requests).toHaveLength(1);
  });

  test('whose credentials were always rejected returns authorization_required, because it has changed nothing', async () => {
    bed.provider.script = () => ({ status: 401 });

    expect((await bed.environment(createThing)(write)).error?.code).toBe('authorization_required');
    expect(bed.provider.requests).toHaveLength(2);
  });

  test('that is first rate-limited and then lost returns outcome_unknown', async () => {
    bed.provider.script = inTurn({ status: 429 }, 'reset', success);

    expect((await bed.environment(createThing)(write)).error?.code).toBe('outcome_unknown');
    expect(bed.provider.requests).toHaveLength(2);
  });

  test('whose time ends during the wait after a 429 has a known outcome', async () => {
    bed.provider.script = () => ({ status: 429, headers: { 'retry-after': '2' } });
    const tool = defineTool({
      connector: createThing.connector,
      name: 'acme_create_impatiently',
      effect: 'create',
      confirm: false,
      scopes: [],
      description: 'A tool of this test.',
      examples: [],
      async run(_input, { api }) {
        const created = api.post(path`/things`);
        await Promise.race([created, sleep(500)]);
        throw new TypeError('The tool gave up.');
      },
    });

    expect((await bed.environment(tool)({ remainingMs: 20_000 })).error?.code).toBe('internal_error');
    await sleep(2_500);
    expect(bed.provider.requests).toHaveLength(1);
  });
});

describe('after the end of a call', () => {
  test('nothing more is sent: no request and no retry', async () => {
    bed.provider.script = ({ url }) => (url === '/busy' ? { status: 503 } : success);
    let left: Promise<unknown> = Promise.resolve();
    const tool = defineTool({
      connector: readThing.connector,
      name: 'acme_leave_work',
      effect: 'read',
      scopes: [],
      description: 'A tool of this test.',
      examples: [],
      async run(_input, { api }) {
        left = (async () => {
          for (let calls = 0; calls < 20; calls += 1) {
            await Promise.allSettled([api.get(path`/busy`), api.get(path`/things/${calls}`), sleep(20)]);
          }
        })();
        await sleep(100);
        return {};
      },
    });

    expect((await bed.environment(tool)()).status).toBe(200);
    const atTheAnswer = bed.scalekit.requests.length;
    await left;

    expect(atTheAnswer).toBeGreaterThan(3);
    // A request that was running when the call ended may still arrive.
    await sleep(50);
    expect(bed.scalekit.requests.length - atTheAnswer).toBeLessThanOrEqual(2);
  });
});

describe('fifty concurrent calls of one tool', () => {
  /** @param before a function that runs immediately before the calls */
  function fifty(name: string, before: () => void) {
    return defineTool({
      connector: readThing.connector,
      name,
      effect: 'read',
      scopes: [],
      description: 'A tool of this test.',
      examples: [],
      output: { count: z.int() },
      async run(_input, { api }) {
        before();
        const calls = Array.from({ length: 50 }, (_, index) => api.get(path`/things/${index}`));
        return { count: (await Promise.all(calls)).length };
      },
    });
  }
  const tokenRequests = () => bed.calls().filter((kind) => kind === 'token').length;

  test('in a new environment send one token request', async () => {
    bed.provider.script = () => success;

    const { json } = await bed.environment(fifty('acme_read_fifty', () => {}))();

    expect(json).toEqual({ count: 50 });
    expect(tokenRequests()).toBe(1);
  });

  test('whose token has expired send one token request', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    bed.provider.script = () => success;
    const daysLater = () => vi.setSystemTime(Date.now() + 100_000_000);

    const { json } = await bed.environment(fifty('acme_read_fifty_late', daysLater))({
      remainingMs: 200_000_000,
    });

    vi.useRealTimers();
    expect(json).toEqual({ count: 50 });
    expect(tokenRequests()).toBe(2);
    expect(bed.provider.requests).toHaveLength(50);
  });

  test('whose token was revoked send one token request and one account check', async () => {
    bed.provider.script = () => success;
    const revoke = () => bed.scalekit.expireTokens();

    const { json } = await bed.environment(fifty('acme_read_fifty_revoked', revoke))();

    expect(json).toEqual({ count: 50 });
    expect(tokenRequests()).toBe(2);
    expect(bed.provider.requests).toHaveLength(50);
    expect(bed.calls().filter((kind) => kind === 'GetConnectedAccountDetails').length).toBeLessThan(20);
  });
});
