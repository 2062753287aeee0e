import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Script, ScriptedAnswer } from '../../../local/testing/scripted-provider.ts';
import {
  createThenRead,
  createThing,
  createTwice,
  readKnownMissing,
  readThing,
  searchThenUpdate,
} from '../../support/acme.ts';
import { sendNote } from '../../support/globex.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

const CANARY = 'canary-51c9';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

const read = (script: Script) => call(readThing, { thing: 't1' }, script);
const write = (script: Script) => call(createThing, { title: 'A thing' }, script);

/** Returns the error of a call. Asserts that the error contains no text of the provider. */
async function call(tool: Parameters<TestBed['environment']>[0], input: unknown, script: Script) {
  bed.provider.script = script;
  const { status, headers, body, error } = await bed.environment(tool)({ input });
  expect(body + bed.logged()).not.toContain(CANARY);
  return { ...error, status, headers };
}

/** Returns a response whose body and headers contain the canary. */
const answer =
  (status: number, more: ScriptedAnswer = {}): Script =>
  () => ({
    status,
    body: { message: CANARY, error: CANARY, errors: [{ reason: CANARY }] },
    ...more,
    headers: { 'x-canary': CANARY, ...more.headers },
  });

describe('a status of the provider without a rule', () => {
  test.each([
    [400, 422, 'rejected_by_provider', false],
    [402, 422, 'rejected_by_provider', false],
    [403, 403, 'permission_denied', false],
    [404, 404, 'not_found', false],
    [405, 422, 'rejected_by_provider', false],
    [409, 409, 'conflict', false],
    [410, 404, 'not_found', false],
    [412, 409, 'conflict', false],
    [418, 422, 'rejected_by_provider', false],
    [422, 422, 'rejected_by_provider', false],
    [423, 409, 'conflict', false],
  ])('%i: a read and a rejected write both return %i %s', async (providerStatus, status, code, retryable) => {
    for (const failing of [read, write]) {
      expect(await failing(answer(providerStatus))).toMatchObject({ status, code, retryable });
    }
    expect(bed.provider.requests).toHaveLength(2);
  });

  test('429: a read and a write both return rate_limited after three attempts', async () => {
    for (const failing of [read, write]) {
      expect(await failing(answer(429))).toMatchObject({
        status: 429,
        code: 'rate_limited',
        retryable: true,
      });
    }
    expect(bed.provider.requests).toHaveLength(6);
  });

  test.each([500, 501, 502, 503, 504])(
    '%i: a read returns provider_unavailable, and a write returns outcome_unknown',
    async (status) => {
      expect(await read(answer(status))).toMatchObject({
        status: 503,
        code: 'provider_unavailable',
        retryable: true,
      });
      expect(await write(answer(status))).toMatchObject({
        status: 502,
        code: 'outcome_unknown',
        retryable: false,
      });
    },
  );

  test.each([301, 302, 307, 308])(
    '%i: a redirect is not followed, so our token is sent to no other host',
    async (status) => {
      const redirect = answer(status, { headers: { location: `${bed.provider.url}/stolen` } });

      expect(await read(redirect)).toMatchObject({ code: 'invalid_provider_response' });
      expect(await write(redirect)).toMatchObject({ code: 'outcome_unknown' });
      expect(bed.provider.requests.map(({ url }) => url)).toEqual(['/things/t1', '/things']);
    },
  );
});

describe('a rule that a request sets for a status', () => {
  test.each([
    [404, 'conflict', 'The thing is not published yet.'],
    [503, 'not_found', expect.stringContaining('The provider has no such thing')],
    [409, 'conflict', expect.stringContaining('The present state')],
  ])('decides the error code for the status %i', async (status, code, message) => {
    expect(await call(readKnownMissing, {}, answer(status))).toMatchObject({ code, message });
  });
});

describe('a response that does not match its schema or is not JSON', () => {
  test.each([
    ['HTML', { headers: { 'content-type': 'text/html' }, body: `<html>${CANARY}` }],
    ['half of a JSON text', { body: `{"id":"${CANARY}"` }],
    ['JSON with other fields', { body: { identifier: CANARY } }],
    ['empty', { body: '' }],
    ['larger than 5 MB', { body: { id: 'x', title: 'x'.repeat(6_000_000) } }],
  ])(
    'makes a read return invalid_provider_response, and a write return outcome_unknown: %s',
    async (_, success) => {
      const script = () => ({ status: 200, ...success });

      expect(await read(script)).toMatchObject({
        status: 502,
        code: 'invalid_provider_response',
        retryable: false,
      });
      expect(await write(script)).toMatchObject({ status: 502, code: 'outcome_unknown' });
      expect(bed.provider.requests).toHaveLength(2);
    },
  );
});

describe('the wait in a rate_limited error', () => {
  test.each([
    ['in seconds', { 'retry-after': '17' }, 17],
    ['of less than a second', { 'retry-after': '0' }, 1],
    ['that is missing', {}, 60],
    ['that is nonsense', { 'retry-after': CANARY }, 60],
  ])(
    'is read from the header retry-after, or is a minute by default: a header %s',
    async (_, headers, seconds) => {
      const limited = await read(answer(429, { headers }));

      expect(limited).toMatchObject({ code: 'rate_limited', retry_after_seconds: seconds });
      expect(limited.headers['retry-after']).toBe(String(seconds));
    },
  );
});

describe('a tool that writes', () => {
  test('may send one request that is not a GET, and the client rejects the next request of this kind', async () => {
    const refused = await call(createTwice, {}, () => ({ body: { id: 't1' } }));

    expect(bed.provider.requests).toHaveLength(1);
    // The tool sent its first request, so the error must not suggest a retry.
    expect(refused).toMatchObject({ code: 'outcome_unknown' });
  });

  describe('after a POST that only reads', () => {
    const isSearch = ({ url }: { url: string | undefined }) => url === '/search';

    test('can send its write', async () => {
      const { status } = await call(searchThenUpdate, {}, () => ({ body: { id: 't1' } }));

      expect(status).toBe(200);
      expect(bed.provider.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'POST /search',
        'PUT /things/t1',
      ]);
    });

    test('returns a retryable error after three attempts if the POST gets no response', async () => {
      const lost = await call(searchThenUpdate, {}, () => 'reset');

      expect(lost).toMatchObject({ code: 'provider_unavailable', retryable: true });
      expect(bed.provider.requests.map(({ url }) => url)).toEqual(Array(3).fill('/search'));
    });

    test('returns outcome_unknown if the write gets no response', async () => {
      const script: Script = (request) => (isSearch(request) ? { body: { id: 't1' } } : 'reset');

      expect(await call(searchThenUpdate, {}, script)).toMatchObject({ code: 'outcome_unknown' });
      expect(bed.provider.requests).toHaveLength(2);
    });
  });

  test.each([401, 404, 429, 503])(
    'never returns a retryable error after the write, even if a later read returns %i',
    async (status) => {
      const script: Script = ({ method }) => (method === 'GET' ? { status } : { body: { id: 't1' } });

      expect(await call(createThenRead, {}, script)).toMatchObject({
        code: 'outcome_unknown',
        retryable: false,
      });
    },
  );
});

describe('a provider that returns errors with status 200', () => {
  const input = { room: 'R1', text: 'Hello' };

  test.each([
    ['room_not_found', 404, 'not_found'],
    ['not_allowed', 403, 'permission_denied'],
    ['restricted_action', 403, 'permission_denied'],
    ['is_archived', 409, 'conflict'],
    ['note_too_long', 422, 'rejected_by_provider'],
    ['an_error_of_tomorrow', 422, 'rejected_by_provider'],
    ['constructor', 422, 'rejected_by_provider'],
    ['invalid_auth', 403, 'authorization_required'],
    ['token_revoked', 403, 'authorization_required'],
    ['internal_error', 502, 'outcome_unknown'],
  ])('leads to the right error of the tool: %s becomes %i %s', async (error, status, code) => {
    const refused = await call(sendNote, input, () => ({ body: { ok: false, error, detail: CANARY } }));

    expect(refused).toMatchObject({ status, code });
    expect(bed.provider.requests).toHaveLength(1);
  });

  test('gets the request again after the error ratelimited, as after a 429', async () => {
    const limited = () => ({ body: { ok: false, error: 'ratelimited' } });

    expect(await call(sendNote, input, limited)).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(bed.provider.requests).toHaveLength(3);
  });

  test('leads to an error with a link to connect the account if it rejects the token of an ACTIVE account', async () => {
    const refused = await call(sendNote, input, () => ({ body: { ok: false, error: 'token_revoked' } }));

    expect(refused).toMatchObject({
      account_status: 'ACTIVE',
      authorization_url: expect.stringContaining('/magicLink/'),
    });
  });

  test('leads to outcome_unknown if its response to a write has no ID', async () => {
    expect(await call(sendNote, input, () => ({ body: { ok: true } }))).toMatchObject({
      code: 'outcome_unknown',
    });
  });
});
