import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import {
  callWithoutWaiting,
  callWithString,
  createThing,
  createUndeclared,
  hang,
  listWithSummary,
  readThing,
  readUnmarked,
  returnUndeclared,
  searchThings,
  throwInput,
} from '../../support/acme.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => {
  bed.reset();
  bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
});
afterEach(() => {
  // In no test did credentials of a user enter this process.
  expect(bed.calls()).not.toContain('GetConnectedAccountAuth');
  vi.useRealTimers();
});

const input = { thing: 't1' };

describe('a fresh environment', () => {
  test('is authorised from its first request on, and knows an ACTIVE account afterwards', async () => {
    const call = bed.environment(readThing);

    const answers = [await call({ input }), await call({ input })];

    expect(answers.map(({ json }) => json)).toEqual(Array(2).fill({ id: 't1', title: 'A thing' }));
    expect(bed.calls()).toEqual(['token', 'GetConnectedAccountDetails', 'proxy', 'proxy']);
    const authorizations = bed.scalekit.requests.slice(1).map(({ authorization }) => authorization);
    expect(authorizations).toEqual(['valid', 'valid', 'valid']);
  });

  test('requests one token for concurrent calls', async () => {
    const call = bed.environment(readThing);

    const answers = await Promise.all(Array.from({ length: 50 }, () => call({ input })));

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(bed.calls().filter((kind) => kind === 'token')).toHaveLength(1);
  });

  test('gets its request ID, and no caching, into the answer', async () => {
    const { headers } = await bed.environment(readThing)({ input });

    expect(headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

describe('the account check', () => {
  test.each(['EXPIRED', 'PENDING_AUTH', 'PENDING_VERIFICATION', 'DISCONNECTED'] as const)(
    'of an account that is %s costs no provider call, and gives a link',
    async (status) => {
      bed.scalekit.setAccount('acme', 'user_x', { status });

      const { status: httpStatus, error } = await bed.environment(readThing)({ user: 'user_x', input });

      expect(httpStatus).toBe(403);
      expect(error).toMatchObject({
        code: 'authorization_required',
        account_status: status,
        authorization_url: expect.stringContaining('/magicLink/'),
      });
      expect(bed.calls()).not.toContain('proxy');
    },
  );

  test('creates an account that does not exist, and works once it is connected', async () => {
    const call = bed.environment(readThing);

    const refused = await call({ user: 'user_new', input });
    await fetch(refused.error?.authorization_url ?? '', { method: 'POST', body: new URLSearchParams() });
    const accepted = await call({ user: 'user_new', input });

    expect(refused.error).toMatchObject({ code: 'authorization_required', account_status: 'PENDING_AUTH' });
    expect(accepted.status).toBe(200);
    expect(bed.calls()).toContain('CreateConnectedAccount');
  });

  test('of two concurrent calls for a new user returns the link to both', async () => {
    const call = bed.environment(readThing);

    const answers = await Promise.all([1, 2, 3].map(() => call({ user: 'user_twin', input })));

    expect(answers.map(({ error }) => error?.code)).toEqual(Array(3).fill('authorization_required'));
    expect(answers.every(({ error }) => error?.authorization_url)).toBe(true);
  });

  test('is asked with the setting for user verification', async () => {
    const call = bed.environment(readThing, { USER_VERIFY_URL: 'https://app.example/verify' });

    const { error } = await call({ user: 'user_verified', input });

    const confirmed = await fetch(error?.authorization_url ?? '', {
      method: 'POST',
      body: new URLSearchParams(),
      redirect: 'manual',
    });
    expect(confirmed.headers.get('location')).toMatch(/^https:\/\/app\.example\/verify\?auth_request_id=/);
    expect(bed.scalekit.getAccount('acme', 'user_verified')?.status).toBe('PENDING_VERIFICATION');
  });

  test('of a missing connection is an error for the operator that names the setting', async () => {
    const { status, error } = await bed.environment(readThing, { ACME_CONNECTION: 'acme-prod' })({ input });

    expect(status).toBe(500);
    expect(error).toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('ACME_CONNECTION'),
    });
    expect(bed.calls()).not.toContain('proxy');
  });

  test('is repeated when the cache has expired, and every time with a cache of 0 s', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const cached = bed.environment(readThing, { ACCOUNT_CACHE_SECONDS: '60' });
    const uncached = bed.environment(readThing, { ACCOUNT_CACHE_SECONDS: '0' });
    const checks = () => bed.calls().filter((kind) => kind === 'GetConnectedAccountDetails').length;

    await cached({ input });
    vi.advanceTimersByTime(59_000);
    await cached({ input });
    expect(checks()).toBe(1);
    vi.advanceTimersByTime(2_000);
    await cached({ input });
    expect(checks()).toBe(2);
    await uncached({ input });
    await uncached({ input });
    expect(checks()).toBe(4);
  });
});

describe('a hostile provider', () => {
  test('cannot cause a cursor that is too long to be sent back', async () => {
    bed.provider.script = () => ({
      body: { results: [{ id: 't1', title: 'A thing' }], after: 'x'.repeat(10_000) },
    });

    const { error } = await bed.environment(searchThings)();

    expect(error?.code).toBe('invalid_provider_response');
  });
});

describe('a tool that does not await its calls', () => {
  test('leaves no rejection that would end the process', async () => {
    bed.provider.script = () => ({ status: 404 });

    const { status } = await bed.environment(callWithoutWaiting)();
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(status).toBe(200);
  });
});

describe('the input', () => {
  test.each([
    ['not JSON', '{"thing":', ['']],
    ['an array', [], ['']],
    ['null', 'null', ['']],
    ['a text', '"t1"', ['']],
    ['a key too few', {}, ['thing']],
    ['a key too many', { thing: 't1', connection: 'other' }, ['connection']],
    ['a key that is no key', '{"thing":"t1","__proto__":{"thing":"x"}}', ['__proto__']],
    ['a wrong type', { thing: ['t1'] }, ['thing']],
    ['null in a required key', { thing: null }, ['thing']],
    ['null in a key too many', { thing: 't1', more: null }, ['more']],
  ])('that is %s is reported by its path, and nothing is called', async (_, body, paths) => {
    const { status, error } = await bed.environment(readThing)({ input: body });

    expect(status).toBe(400);
    expect(error?.code).toBe('invalid_input');
    expect(error?.details.map(({ path }) => path)).toEqual(paths);
    expect(bed.calls()).toEqual([]);
  });

  test.each(['..', '.', '', 'a/b', '%2e%2e', '%2F', 'a\\b', 'a\u0000b'])(
    'that would leave its place in the path (%j) is refused, and the provider sees nothing',
    async (thing) => {
      const { error } = await bed.environment(readThing)({ input: { thing } });

      expect(error?.code).toBe('invalid_input');
      expect(error?.details[0]?.path).toBe('thing');
      expect(bed.provider.requests).toEqual([]);
    },
  );
});

describe('the identity', () => {
  test.each([
    ['no claim', {}],
    ['a number', { sub: 42 }],
    ['an empty text', { sub: '' }],
    ['a space at the end', { sub: 'user_ada ' }],
    ['a zero-width space', { sub: 'user_ada\u200b' }],
    ['a letter of another script', { sub: 'ユuser_ada' }],
    ['a Cyrillic twin', { sub: 'user_аda' }],
    ['257 characters', { sub: 'u'.repeat(257) }],
  ])('from %s is unauthenticated, never repaired, and nothing is called', async (_, claims) => {
    const { status, error } = await bed.environment(readThing)({ claims, input });

    expect(status).toBe(401);
    expect(error?.code).toBe('unauthenticated');
    expect(bed.calls()).toEqual([]);
  });

  test.each([
    ['another user without the scope', { sub: 'user_ada' }, { 'x-identifier': 'user_grace' }, 403],
    ['nobody, with the scope', { sub: 'backend', scope: 'tools:delegate' }, {}, 401],
    [
      'nobody that can be, with the scope',
      { sub: 'backend', scope: 'tools:delegate' },
      { 'x-identifier': 'a b' },
      401,
    ],
  ])('of a caller that names %s is refused', async (_, claims, headers, status) => {
    const answer = await bed.environment(readThing)({ claims, headers, input });

    expect(answer.status).toBe(status);
    expect(bed.calls()).toEqual([]);
  });

  test.each([
    ['its own user', { sub: 'user_ada' }, { 'X-Identifier': 'user_ada' }],
    [
      'a user, with the scope',
      { sub: 'backend', scope: '[read tools:delegate]' },
      { 'x-identifier': 'user_ada' },
    ],
  ])('of a caller that names %s is that user', async (_, claims, headers) => {
    const { status } = await bed.environment(readThing)({ claims, headers, input });

    expect(status).toBe(200);
    expect(bed.provider.requests[0]?.headers.authorization).toBe('Bearer acme-token-of-user_ada');
  });

  test('is made from the template of the connector, before the common one', async () => {
    bed.scalekit.setAccount('acme', 'org%201:user_ada', { status: 'ACTIVE', accessToken: 'token-of-org' });
    const call = bed.environment(readThing, {
      IDENTITY_TEMPLATE: '{sub}',
      ACME_IDENTITY_TEMPLATE: '{org_id}:{sub}',
    });

    await call({ claims: { sub: 'user_ada', org_id: 'org 1' }, input });

    expect(bed.provider.requests[0]?.headers.authorization).toBe('Bearer token-of-org');
  });

  test('lacks the required scope: forbidden, which names it', async () => {
    const call = bed.environment(readThing, { REQUIRED_SCOPE: 'tools:run' });

    const without = await call({ input });
    const withScope = await call({ claims: { sub: 'user_ada', scp: ['tools:run'] }, input });

    expect(without.error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('tools:run') });
    expect(withScope.status).toBe(200);
  });

  test('never mixes two users on one warm environment', async () => {
    bed.provider.script = ({ headers }) => ({ body: { id: 't1', title: headers.authorization } });
    const call = bed.environment(readThing);
    const users = Array.from({ length: 20 }, (_, index) => (index % 2 ? 'user_ada' : 'user_grace'));

    const answers = await Promise.all(users.map((user) => call({ user, input })));

    expect(answers.map(({ json }) => json)).toEqual(
      users.map((user) => ({ id: 't1', title: `Bearer acme-token-of-${user}` })),
    );
  });
});

describe('the answer', () => {
  const Page = z.object({
    things: z.array(z.object({ id: z.string(), title: z.string() })),
    count: z.number(),
    next_cursor: z.string().nullable(),
    omitted: z.number(),
  });

  /** Serves 23 things, page by page, with titles of this length. */
  function serveThings(titleLength: number, character = 'x') {
    const all = Array.from({ length: 23 }, (_, index) => ({
      id: `t${index}`,
      title: character.repeat(titleLength),
    }));
    bed.provider.script = ({ body }) => {
      const { limit, after = '0' } = z
        .object({ limit: z.number(), after: z.string().optional() })
        .parse(JSON.parse(body));
      const end = Number(after) + limit;
      return {
        body: { results: all.slice(Number(after), end), ...(end < all.length && { after: String(end) }) },
      };
    };
    return all.map(({ id }) => id);
  }

  test.each([
    ['fit', 10, 'x', 10],
    ['are left out for the budget', 900, 'x', 10],
    ['are left out, of four bytes a character', 450, '🚲', 7],
    ['are each larger than the budget', 4_000, 'x', 5],
  ])('gives every item once, when items %s', async (_, titleLength, character, size) => {
    const ids = serveThings(titleLength, character);
    const call = bed.environment(searchThings, { RESPONSE_BYTES: '3000' });
    const seen: string[] = [];
    let omitted = 0;
    let cursor: string | null = null;
    do {
      const { body, json } = await call({ input: { words: 'w', max_results: size, cursor } });
      const page = Page.parse(json);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(3_000);
      expect(page.count).toBe(page.things.length);
      seen.push(...page.things.map(({ id }) => id));
      omitted += page.omitted;
      cursor = page.next_cursor;
    } while (cursor);

    expect(seen).toEqual(ids);
    expect(omitted > 0).toBe(titleLength > 10);
  });

  test('of an empty list also fits the budget', async () => {
    const { body, json } = await bed.environment(listWithSummary, { RESPONSE_BYTES: '3000' })();

    expect(json).toMatchObject({
      things: [],
      count: 0,
      next_cursor: null,
      omitted: 0,
      summary: expect.stringMatching(/^x+…$/),
    });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(3_000);
  });

  test('of a list refuses the cursor of another query', async () => {
    serveThings(10);
    const call = bed.environment(searchThings);
    const first = Page.parse((await call({ input: { words: 'one' } })).json);

    const { error } = await call({ input: { words: 'two', cursor: first.next_cursor } });

    expect(error?.details).toEqual([{ path: 'cursor', issue: expect.any(String) }]);
  });

  test('is clean even with a schema other than text()', async () => {
    bed.provider.script = () => ({ body: { id: 't\u200b1', title: 'A\u202e thing' } });

    const { json } = await bed.environment(readUnmarked)();

    expect(json).toEqual({ id: 't\u200b1', nested: [{ title: 'A thing', none: null }] });
  });

  test('of an error also fits the budget', async () => {
    const input = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`${index}${'k'.repeat(200)}`, 1]),
    );

    const { body, error } = await bed.environment(readThing, { RESPONSE_BYTES: '2000' })({ input });

    expect(error?.code).toBe('invalid_input');
    expect(error?.details.length).toBeGreaterThan(0);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2_000);
  });

  test('has text without invisible characters, and unchanged IDs', async () => {
    bed.provider.script = () => ({ body: { id: 't\u200b1', title: 'A\u202e \u{e0041}thing\u0007' } });

    const { json } = await bed.environment(readThing)({ input });

    expect(json).toEqual({ id: 't\u200b1', title: 'A thing' });
  });
});

describe('a fault of our own', () => {
  test('is internal_error; neither the answer nor the log quotes it', async () => {
    const { status, body, error } = await bed.environment(throwInput)({ input: { secret: 'canary-7f3' } });

    expect(status).toBe(500);
    expect(error?.code).toBe('internal_error');
    expect(body + bed.logged()).not.toContain('canary-7f3');
    expect(bed.logged()).toContain('"error_class":"TypeError"');
    expect(bed.logged()).toContain('acme.ts');
  });

  test('is named in the log if it is a mistake of the author', async () => {
    const { error } = await bed.environment(callWithString)();

    expect(error?.code).toBe('internal_error');
    expect(bed.logged()).toContain('"authoring_fault":"A provider call takes a path from the tag');
    expect(bed.provider.requests).toEqual([]);
  });

  test('in an output is logged by its place, without the data', async () => {
    bed.provider.script = () => ({ body: { id: 't1', title: 'canary-9b2' } });

    const { error } = await bed.environment(returnUndeclared)();

    expect(error?.code).toBe('internal_error');
    expect(bed.logged()).toContain('"output_faults":["the object itself: has keys that are not declared"]');
    expect(bed.logged()).not.toContain('canary-9b2');
  });

  test('in an output of a write is logged as well, although its outcome is unknown', async () => {
    bed.provider.script = () => ({ body: { id: 't1', title: 'canary-9b2' } });

    const { error } = await bed.environment(createUndeclared)();

    expect(error?.code).toBe('outcome_unknown');
    expect(bed.logged()).toContain('"level":"ERROR"');
    expect(bed.logged()).toContain('"output_faults":["the object itself: has keys that are not declared"]');
  });

  test('of a response schema of a write is logged as well', async () => {
    bed.provider.script = () => ({ body: { identifier: 't1' } });

    await bed.environment(createThing)({ input: { title: 'x' } });

    expect(bed.logged()).toContain('"response_faults":["id: invalid_type, expected string"]');
  });

  test('of a response schema is logged by its place', async () => {
    bed.provider.script = () => ({ body: { id: 't1', title: 7 } });

    await bed.environment(readThing)({ input });

    expect(bed.logged()).toContain('"response_faults":["title: invalid_type, expected string"]');
    expect(bed.logged()).toContain('"path_template":"/things/{}"');
  });

  test('in an event of no known surface is reported without HTTP', async () => {
    const { createHandler } = await import('../../../lib/lambda.ts');
    const handler = createHandler(readThing, {
      variables: {
        SCALEKIT_ENV_URL: bed.scalekit.url,
        SCALEKIT_CLIENT_ID: 'a',
        SCALEKIT_CLIENT_SECRET: 'b',
        USER_VERIFY_URL: 'none',
      },
      log: () => {},
      metrics: () => {},
    });

    const answer = await handler({ thing: 't1' }, { awsRequestId: 'r1' });

    expect(answer).toMatchObject({
      error: { code: 'internal_error', message: expect.stringContaining('http'), request_id: 'r1' },
    });
  });
});

describe('the deadline', () => {
  test.each([
    ['a tool that never returns', hang, {}],
    ['a provider that never answers', readThing, input],
  ])('of %s is answered at least 500 ms before it', async (_, tool, toolInput) => {
    bed.provider.script = () => 'hang';
    const startedAtMs = performance.now();

    const { error } = await bed.environment(tool)({ input: toolInput, remainingMs: 1_500 });

    expect(error).toMatchObject({ code: 'provider_timeout', retryable: true });
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  test('of a write that was sent is outcome_unknown, and it was sent once', async () => {
    bed.provider.script = () => 'hang';

    const { error } = await bed.environment(createThing)({ input: { title: 'x' }, remainingMs: 1_500 });

    expect(error).toMatchObject({ code: 'outcome_unknown', retryable: false });
    expect(bed.provider.requests).toHaveLength(1);
  });
});
