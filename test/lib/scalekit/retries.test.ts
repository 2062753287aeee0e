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
    ['two responses with status 503', { status: 503 }],
    ['two responses with status 502', { status: 502 }],
    ['two responses with status 504', { status: 504 }],
    ['two responses with status 429', { status: 429 }],
    ['two lost connections', 'reset'],
  ] as const)('succeeds after %s', async (_, fault) => {
    bed.provider.script = inTurn(fault, fault, success);

    expect((await bed.environment(readThing)(read)).status).toBe(200);
    expect(bed.provider.requests).toHaveLength(3);
  });

  test('is retried like a GET if it is sent as a POST', async () => {
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
    'fails if the provider always returns %i: the error is %s after %i attempts',
    async (status, code, attempts) => {
      bed.provider.script = () => ({ status });

      expect((await bed.environment(readThing)(read)).error?.code).toBe(code);
      expect(bed.provider.requests).toHaveLength(attempts);
    },
  );

  test('leaves enough time for another attempt if it gets no response', async () => {
    bed.provider.script = inTurn('hang', success);

    expect((await bed.environment(readThing)({ ...read, remainingMs: 3_000 })).status).toBe(200);
  });

  test('returns provider_timeout before the deadline if it never gets a response', async () => {
    bed.provider.script = () => 'hang';

    const { error } = await bed.environment(readThing)({ ...read, remainingMs: 2_500 });

    expect(error).toMatchObject({ code: 'provider_timeout', retryable: true });
    expect(bed.provider.requests.length).toBeGreaterThan(1);
  });
});

describe('the wait that a provider requests', () => {
  test.each([429, 503])(
    'is respected before the next attempt if it fits into the deadline (status %i)',
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
    'is returned immediately if it does not fit into the deadline: status %i, %s, %i seconds',
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
  test('is sent again after a 429, because the first attempt has changed nothing', async () => {
    bed.provider.script = inTurn({ status: 429 }, { status: 429 }, success);

    expect((await bed.environment(createThing)(write)).status).toBe(200);
    expect(bed.provider.requests).toHaveLength(3);
  });

  test('returns an error that the caller may retry if it was always rejected with 429', async () => {
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
  ] as const)('returns outcome_unknown after %s, and is sent only once', async (_, fault) => {
    bed.provider.script = inTurn(fault, success);

    expect((await bed.environment(createThing)(write)).error).toMatchObject({
      code: 'outcome_unknown',
      retryable: false,
      retry_after_seconds: null,
    });
    expect(bed.provider.requests).toHaveLength(1);
  });

  test('returns authorization_required if its credentials were always rejected, because nothing was changed', async () => {
    bed.provider.script = () => ({ status: 401 });

    expect((await bed.environment(createThing)(write)).error?.code).toBe('authorization_required');
    expect(bed.provider.requests).toHaveLength(2);
  });

  test('returns outcome_unknown if its first attempt gets a 429 and its second attempt loses the connection', async () => {
    bed.provider.script = inTurn({ status: 429 }, 'reset', success);

    expect((await bed.environment(createThing)(write)).error?.code).toBe('outcome_unknown');
    expect(bed.provider.requests).toHaveLength(2);
  });

  test('has a known outcome if its time ends during the wait after a 429', async () => {
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
  test('no request and no retry is sent', async () => {
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
    // Requests that were running when the call ended may arrive later.
    await sleep(50);
    expect(bed.scalekit.requests.length - atTheAnswer).toBeLessThanOrEqual(2);
  });
});

describe('fifty concurrent calls of one tool', () => {
  /** Returns a tool that makes fifty calls at the same time. @param before runs immediately before these calls */
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

  test('send one token request in a new environment', async () => {
    bed.provider.script = () => success;

    const { json } = await bed.environment(fifty('acme_read_fifty', () => {}))();

    expect(json).toEqual({ count: 50 });
    expect(tokenRequests()).toBe(1);
  });

  test('send one token request if their token has expired', async () => {
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

  test('send one token request and one account check if their token was revoked', async () => {
    bed.provider.script = () => success;
    const revoke = () => bed.scalekit.expireTokens();

    const { json } = await bed.environment(fifty('acme_read_fifty_revoked', revoke))();

    expect(json).toEqual({ count: 50 });
    expect(tokenRequests()).toBe(2);
    expect(bed.provider.requests).toHaveLength(50);
    expect(bed.calls().filter((kind) => kind === 'GetConnectedAccountDetails').length).toBeLessThan(20);
  });
});
