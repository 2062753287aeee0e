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
  // The tools must never request a user's credentials from Scalekit.
  expect(bed.calls()).not.toContain('GetConnectedAccountAuth');
  vi.useRealTimers();
});

const input = { thing: 't1' };

describe('a new environment', () => {
  test('sends a valid token with its first request, and checks an ACTIVE account only once', async () => {
    const call = bed.environment(readThing);

    const answers = [await call({ input }), await call({ input })];

    expect(answers.map(({ json }) => json)).toEqual(Array(2).fill({ id: 't1', title: 'A thing' }));
    expect(bed.calls()).toEqual(['token', 'GetConnectedAccountDetails', 'proxy', 'proxy']);
    const authorizations = bed.scalekit.requests.slice(1).map(({ authorization }) => authorization);
    expect(authorizations).toEqual(['valid', 'valid', 'valid']);
  });

  test('requests only one token for concurrent calls', async () => {
    const call = bed.environment(readThing);

    const answers = await Promise.all(Array.from({ length: 50 }, () => call({ input })));

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(bed.calls().filter((kind) => kind === 'token')).toHaveLength(1);
  });

  test('returns the request ID and a header that forbids caching', async () => {
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
    'returns a link and sends no provider request if the account is %s',
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

  test('creates a missing account, and accepts it as soon as it is connected', async () => {
    const call = bed.environment(readThing);

    const refused = await call({ user: 'user_new', input });
    await fetch(refused.error?.authorization_url ?? '', { method: 'POST', body: new URLSearchParams() });
    const accepted = await call({ user: 'user_new', input });

    expect(refused.error).toMatchObject({ code: 'authorization_required', account_status: 'PENDING_AUTH' });
    expect(accepted.status).toBe(200);
    expect(bed.calls()).toContain('CreateConnectedAccount');
  });

  test('returns the link to each call if a new user makes several calls at the same time', async () => {
    const call = bed.environment(readThing);

    const answers = await Promise.all([1, 2, 3].map(() => call({ user: 'user_twin', input })));

    expect(answers.map(({ error }) => error?.code)).toEqual(Array(3).fill('authorization_required'));
    expect(answers.every(({ error }) => error?.authorization_url)).toBe(true);
  });

  test('requests user verification if USER_VERIFY_URL is set', async () => {
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

  test('returns an error that names the setting if the connection is missing', async () => {
    const { status, error } = await bed.environment(readThing, { ACME_CONNECTION: 'acme-prod' })({ input });

    expect(status).toBe(500);
    expect(error).toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining('ACME_CONNECTION'),
    });
    expect(bed.calls()).not.toContain('proxy');
  });

  test('is repeated when the cache has expired, and in every call if the cache time is 0 s', async () => {
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
  test('cannot make the tool return a cursor that is too long for the input', async () => {
    bed.provider.script = () => ({
      body: { results: [{ id: 't1', title: 'A thing' }], after: 'x'.repeat(10_000) },
    });

    const { error } = await bed.environment(searchThings)();

    expect(error?.code).toBe('invalid_provider_response');
  });
});

describe('a tool that does not await its calls', () => {
  test('leaves no unhandled rejection, which would end the process', async () => {
    bed.provider.script = () => ({ status: 404 });

    const { status } = await bed.environment(callWithoutWaiting)();
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(status).toBe(200);
  });
});

describe('the input of a call', () => {
  test.each([
    ['not JSON', '{"thing":', ['']],
    ['an array', [], ['']],
    ['null', 'null', ['']],
    ['a text', '"t1"', ['']],
    ['an object without a required key', {}, ['thing']],
    ['an object with an undeclared key', { thing: 't1', connection: 'other' }, ['connection']],
    ['an object with the key __proto__', '{"thing":"t1","__proto__":{"thing":"x"}}', ['__proto__']],
    ['an object with a value of a wrong type', { thing: ['t1'] }, ['thing']],
    ['an object with null for a required key', { thing: null }, ['thing']],
    ['an object with null for an undeclared key', { thing: 't1', more: null }, ['more']],
  ])('is rejected with the path of each fault, before any request, if it is %s', async (_, body, paths) => {
    const { status, error } = await bed.environment(readThing)({ input: body });

    expect(status).toBe(400);
    expect(error?.code).toBe('invalid_input');
    expect(error?.details.map(({ path }) => path)).toEqual(paths);
    expect(bed.calls()).toEqual([]);
  });

  test.each(['..', '.', '', 'a/b', '%2e%2e', '%2F', 'a\\b', 'a\u0000b'])(
    'is rejected before any provider request if it would change the structure of the path (%j)',
    async (thing) => {
      const { error } = await bed.environment(readThing)({ input: { thing } });

      expect(error?.code).toBe('invalid_input');
      expect(error?.details[0]?.path).toBe('thing');
      expect(bed.provider.requests).toEqual([]);
    },
  );
});

describe('the identifier of a call', () => {
  test.each([
    ['no sub', {}],
    ['a number as sub', { sub: 42 }],
    ['an empty sub', { sub: '' }],
    ['a space at the end', { sub: 'user_ada ' }],
    ['a zero-width space', { sub: 'user_ada\u200b' }],
    ['a letter of another script', { sub: 'ユuser_ada' }],
    ['a Cyrillic letter that looks like a Latin letter', { sub: 'user_аda' }],
    ['257 characters', { sub: 'u'.repeat(257) }],
  ])('is rejected before any request, and is not repaired, if the claims contain %s', async (_, claims) => {
    const { status, error } = await bed.environment(readThing)({ claims, input });

    expect(status).toBe(401);
    expect(error?.code).toBe('unauthenticated');
    expect(bed.calls()).toEqual([]);
  });

  test.each([
    [
      'another user, without the delegation scope',
      { sub: 'user_ada' },
      { 'x-identifier': 'user_grace' },
      403,
    ],
    ['no user, with the delegation scope', { sub: 'backend', scope: 'tools:delegate' }, {}, 401],
    [
      'an invalid user, with the delegation scope',
      { sub: 'backend', scope: 'tools:delegate' },
      { 'x-identifier': 'a b' },
      401,
    ],
  ])('is rejected if the caller names %s', async (_, claims, headers, status) => {
    const answer = await bed.environment(readThing)({ claims, headers, input });

    expect(answer.status).toBe(status);
    expect(bed.calls()).toEqual([]);
  });

  test.each([
    ['the user of the token', { sub: 'user_ada' }, { 'X-Identifier': 'user_ada' }],
    [
      'another user, with the delegation scope',
      { sub: 'backend', scope: '[read tools:delegate]' },
      { 'x-identifier': 'user_ada' },
    ],
  ])('is the identifier of the named user if the caller names %s', async (_, claims, headers) => {
    const { status } = await bed.environment(readThing)({ claims, headers, input });

    expect(status).toBe(200);
    expect(bed.provider.requests[0]?.headers.authorization).toBe('Bearer acme-token-of-user_ada');
  });

  test("comes from the connector's identity template instead of the common template", async () => {
    bed.scalekit.setAccount('acme', 'org%201:user_ada', { status: 'ACTIVE', accessToken: 'token-of-org' });
    const call = bed.environment(readThing, {
      IDENTITY_TEMPLATE: '{sub}',
      ACME_IDENTITY_TEMPLATE: '{org_id}:{sub}',
    });

    await call({ claims: { sub: 'user_ada', org_id: 'org 1' }, input });

    expect(bed.provider.requests[0]?.headers.authorization).toBe('Bearer token-of-org');
  });

  test('is not used if the token lacks the required scope, and the error names the scope', async () => {
    const call = bed.environment(readThing, { REQUIRED_SCOPE: 'tools:run' });

    const without = await call({ input });
    const withScope = await call({ claims: { sub: 'user_ada', scp: ['tools:run'] }, input });

    expect(without.error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('tools:run') });
    expect(withScope.status).toBe(200);
  });

  test('is never mixed up between two users in a warm environment', async () => {
    bed.provider.script = ({ headers }) => ({ body: { id: 't1', title: headers.authorization } });
    const call = bed.environment(readThing);
    const users = Array.from({ length: 20 }, (_, index) => (index % 2 ? 'user_ada' : 'user_grace'));

    const answers = await Promise.all(users.map((user) => call({ user, input })));

    expect(answers.map(({ json }) => json)).toEqual(
      users.map((user) => ({ id: 't1', title: `Bearer acme-token-of-${user}` })),
    );
  });
});

describe('the response of a call', () => {
  const Page = z.object({
    things: z.array(z.object({ id: z.string(), title: z.string() })),
    count: z.number(),
    next_cursor: z.string().nullable(),
    omitted: z.number(),
  });

  /** Makes the provider return 23 things in pages. The titles have this length. */
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
    ['fit into the budget', 10, 'x', 10],
    ['do not all fit into the budget', 900, 'x', 10],
    ['do not all fit into the budget, and have four bytes for each character', 450, '🚲', 7],
    ['are each larger than the budget', 4_000, 'x', 5],
  ])(
    'contains every item of a list exactly once if the items %s',
    async (_, titleLength, character, size) => {
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
    },
  );

  test('fits into the budget even if a list is empty', async () => {
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

  test("is an error if a list's cursor belongs to another query", async () => {
    serveThings(10);
    const call = bed.environment(searchThings);
    const first = Page.parse((await call({ input: { words: 'one' } })).json);

    const { error } = await call({ input: { words: 'two', cursor: first.next_cursor } });

    expect(error?.details).toEqual([{ path: 'cursor', issue: expect.any(String) }]);
  });

  test('is cleaned even if its schema does not use text()', async () => {
    bed.provider.script = () => ({ body: { id: 't\u200b1', title: 'A\u202e thing' } });

    const { json } = await bed.environment(readUnmarked)();

    expect(json).toEqual({ id: 't\u200b1', nested: [{ title: 'A thing', none: null }] });
  });

  test('fits into the budget if it is an error', async () => {
    const input = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`${index}${'k'.repeat(200)}`, 1]),
    );

    const { body, error } = await bed.environment(readThing, { RESPONSE_BYTES: '2000' })({ input });

    expect(error?.code).toBe('invalid_input');
    expect(error?.details.length).toBeGreaterThan(0);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2_000);
  });

  test('has texts without invisible characters, and unchanged IDs', async () => {
    bed.provider.script = () => ({ body: { id: 't\u200b1', title: 'A\u202e \u{e0041}thing\u0007' } });

    const { json } = await bed.environment(readThing)({ input });

    expect(json).toEqual({ id: 't\u200b1', title: 'A thing' });
  });
});

describe('an internal error', () => {
  test('becomes internal_error, and neither the response nor the log contains its message', async () => {
    const { status, body, error } = await bed.environment(throwInput)({ input: { secret: 'canary-7f3' } });

    expect(status).toBe(500);
    expect(error?.code).toBe('internal_error');
    expect(body + bed.logged()).not.toContain('canary-7f3');
    expect(bed.logged()).toContain('"error_class":"TypeError"');
    expect(bed.logged()).toContain('acme.ts');
  });

  test('is described in the log if the author of the tool made a mistake', async () => {
    const { error } = await bed.environment(callWithString)();

    expect(error?.code).toBe('internal_error');
    expect(bed.logged()).toContain('"authoring_fault":"A provider call takes a path from the tag');
    expect(bed.provider.requests).toEqual([]);
  });

  test('is logged with the place of the fault and without the data, if an output does not match its schema', async () => {
    bed.provider.script = () => ({ body: { id: 't1', title: 'canary-9b2' } });

    const { error } = await bed.environment(returnUndeclared)();

    expect(error?.code).toBe('internal_error');
    expect(bed.logged()).toContain('"output_faults":["the object itself: has keys that are not declared"]');
    expect(bed.logged()).not.toContain('canary-9b2');
  });

  test('is logged if the output of a write does not match its schema, although the outcome is unknown', async () => {
    bed.provider.script = () => ({ body: { id: 't1', title: 'canary-9b2' } });

    const { error } = await bed.environment(createUndeclared)();

    expect(error?.code).toBe('outcome_unknown');
    expect(bed.logged()).toContain('"level":"ERROR"');
    expect(bed.logged()).toContain('"output_faults":["the object itself: has keys that are not declared"]');
  });

  test('is logged if the response to a write does not match its schema', async () => {
    bed.provider.script = () => ({ body: { identifier: 't1' } });

    await bed.environment(createThing)({ input: { title: 'x' } });

    expect(bed.logged()).toContain('"response_faults":["id: invalid_type, expected string"]');
  });

  test("is logged with the place of the fault if a provider's response does not match its schema", async () => {
    bed.provider.script = () => ({ body: { id: 't1', title: 7 } });

    await bed.environment(readThing)({ input });

    expect(bed.logged()).toContain('"response_faults":["title: invalid_type, expected string"]');
    expect(bed.logged()).toContain('"path_template":"/things/{}"');
  });

  test('is returned without HTTP fields for an event that no surface recognises', async () => {
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

describe('the deadline of a call', () => {
  test.each([
    ['a tool that never returns', hang, {}],
    ['a provider that never answers', readThing, input],
  ])('ends %s at least 500 ms before the invocation ends', async (_, tool, toolInput) => {
    bed.provider.script = () => 'hang';
    const startedAtMs = performance.now();

    const { error } = await bed.environment(tool)({ input: toolInput, remainingMs: 1_500 });

    expect(error).toMatchObject({ code: 'provider_timeout', retryable: true });
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });

  test('causes outcome_unknown for a write that was sent, and the write is sent only once', async () => {
    bed.provider.script = () => 'hang';

    const { error } = await bed.environment(createThing)({ input: { title: 'x' }, remainingMs: 1_500 });

    expect(error).toMatchObject({ code: 'outcome_unknown', retryable: false });
    expect(bed.provider.requests).toHaveLength(1);
  });
});
