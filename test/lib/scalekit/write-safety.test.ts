import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineTool, path } from 'scalekit-lambda-tools';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { anyHandler } from '../../../local/testing/any-handler.ts';
import { createThing, readThing } from '../../support/acme.ts';
import { listNotes, sendNote } from '../../support/globex.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from '../../support/http-event.ts';
import { answer, hang, reset, startScriptedScalekit } from '../../support/scripted-scalekit.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
  return () => bed.close();
});
beforeEach(() => bed.reset());

let scalekit: Awaited<ReturnType<typeof startScriptedScalekit>>;
beforeEach(async () => {
  scalekit = await startScriptedScalekit();
});
afterEach(async () => {
  vi.useRealTimers();
  await scalekit.close();
});

const read = { input: { thing: 't1' } };
const write = { input: { title: 'A thing' } };
const proxied = () => scalekit.received.filter((received) => received.startsWith('/proxy/'));
const callOf = (tool: Parameters<TestBed['environment']>[0]) =>
  bed.environment(tool, { SCALEKIT_ENV_URL: scalekit.url });

describe('a connection to the proxy', () => {
  test('leads to outcome_unknown if it breaks after a write was sent, and the write is sent only once', async () => {
    scalekit.script['/proxy/things'] = reset;

    const { error } = await callOf(createThing)(write);

    expect(error).toMatchObject({ code: 'outcome_unknown', retryable: false });
    expect(proxied()).toHaveLength(1);
  });

  test('leads to provider_unavailable if it breaks during a read', async () => {
    scalekit.script['/proxy/things/t1'] = reset;

    expect((await callOf(readThing)(read)).error?.code).toBe('provider_unavailable');
  });

  test('leads to a retry of a write if it cannot be opened, because nothing was sent', async () => {
    const call = callOf(createThing);
    await call(write);
    await scalekit.close();
    // After this time, the client knows that the connection was closed.
    await sleep(50);

    expect((await call(write)).error).toMatchObject({ code: 'provider_unavailable', retryable: true });
  });
});

describe('a write', () => {
  test('has a known outcome if it is rejected with 401 because the account is no longer ACTIVE', async () => {
    const call = callOf(createThing);
    await call(write);
    scalekit.script['/proxy/things'] = answer(401);
    scalekit.script['/api/v1/connected_accounts/details'] = answer(200, {
      connected_account: { status: 'EXPIRED' },
    });

    expect((await call(write)).error).toMatchObject({
      code: 'authorization_required',
      account_status: 'EXPIRED',
    });
  });

  test('has an unknown outcome after a 5xx, even if the tool has a rule for the status', async () => {
    scalekit.script['/proxy/things'] = answer(503);
    const tool = defineTool({
      connector: createThing.connector,
      name: 'acme_create_overridden',
      effect: 'create',
      confirm: false,
      scopes: [],
      description: 'A tool of this test.',
      examples: [],
      async run(_input, { api }) {
        await api.post(path`/things`, { errors: { 503: { code: 'not_found' } } });
        return {};
      },
    });

    expect((await callOf(tool)()).error?.code).toBe('outcome_unknown');
  });

  test('is not sent if no time would be left for its response', async () => {
    const call = callOf(createThing);
    await call(write);

    const errors = await Promise.all(
      [100, 700, 751, 800].map((remainingMs) => call({ ...write, remainingMs })),
    );

    expect(errors.map(({ error }) => error?.code)).toEqual(Array(4).fill('provider_timeout'));
    expect(proxied()).toHaveLength(1);
  });
});

test('a request that a tool did not await is aborted before the response', async () => {
  const closed = Promise.withResolvers<unknown>();
  scalekit.script['/proxy/slow'] = (request, response) => {
    hang(request, response);
    closed.resolve(once(response, 'close'));
  };
  const tool = defineTool({
    connector: readThing.connector,
    name: 'acme_leave_behind',
    effect: 'read',
    scopes: [],
    description: 'A tool of this test.',
    examples: [],
    async run(_input, { api }) {
      void api.get(path`/slow`);
      await api.get(path`/things`);
      return {};
    },
  });

  expect((await callOf(tool)({ remainingMs: 60_000 })).status).toBe(200);
  // This time is much shorter than the request's own limit.
  const stillOpen = sleep(3_000, 'still open');
  expect(await Promise.race([closed.promise.then(() => 'closed'), stillOpen])).toBe('closed');
});

describe('the account of a call', () => {
  test('is identified by its connection and its identifier', async () => {
    bed.scalekit.setAccount('acme', 'user_ada', { status: 'EXPIRED' });
    const variables = {
      SCALEKIT_ENV_URL: bed.scalekit.url,
      SCALEKIT_CLIENT_ID: bed.scalekit.clientId,
      SCALEKIT_CLIENT_SECRET: bed.scalekit.clientSecret,
      USER_VERIFY_URL: 'none',
    };
    const handlers = [listNotes, readThing].map((tool) =>
      anyHandler(tool, { variables, log: () => {}, metrics: () => {} }),
    );

    const answers = [];
    for (const [index, handler] of handlers.entries()) {
      answers.push(
        readHttpAnswer(await handler(httpEvent({ body: index ? read.input : {} }), lambdaContext())),
      );
    }

    expect(answers.map(({ status, error }) => error?.account_status ?? status)).toEqual([200, 'EXPIRED']);
    expect(bed.calls().filter((kind) => kind === 'proxy')).toHaveLength(1);
  });

  test.each([
    ['after an error with a rule for its status', readForbidden(), {}],
    ['after an unknown error of the provider', sendNote, { room: 'R1', text: 'x' }],
  ])('is checked again although it is cached as ACTIVE: %s', async (_, tool, input) => {
    bed.provider.script = () => ({ body: { ok: true, id: 'n1', room: 'R1' } });
    const call = bed.environment(tool);
    await call({ input });
    bed.provider.script = () => {
      bed.scalekit.setAccount(tool.connector.name, 'user_ada', { status: 'DISCONNECTED' });
      return tool === sendNote ? { body: { ok: false, error: 'brand_new' } } : { status: 403 };
    };

    const { error } = await call({ input });

    expect(error).toMatchObject({ code: 'authorization_required', account_status: 'DISCONNECTED' });
  });

  test.each([
    ['is not an http or https URL', 'javascript:alert(1)'],
    ['is too long', `https://acme.scalekit.com/${'x'.repeat(5_000)}`],
  ])("gets no link if Scalekit's link %s", async (_, link) => {
    scalekit.script['/api/v1/connected_accounts/details'] = answer(200, {
      connected_account: { status: 'EXPIRED' },
    });
    scalekit.script['/api/v1/connected_accounts/magic_link'] = answer(200, { link });

    expect((await callOf(readThing)(read)).error).toMatchObject({
      account_status: 'EXPIRED',
      authorization_url: null,
    });
  });

  test('works again after a 401 from the provider, as soon as our access token has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    bed.provider.script = () => ({ status: 401 });
    const call = bed.environment(readThing);
    await call(read);
    bed.provider.script = () => ({ body: { id: 't1', title: 'A thing' } });
    bed.scalekit.expireTokens();

    expect((await call(read)).status).toBe(200);
  });
});

function readForbidden() {
  return defineTool({
    connector: readThing.connector,
    name: 'acme_read_forbidden',
    effect: 'read',
    scopes: [],
    description: 'A tool of this test.',
    examples: [],
    output: { ok: z.boolean() },
    async run(_input, { api }) {
      await api.get(path`/things`, {
        errors: { 403: { code: 'permission_denied', message: 'Ask the owner.' } },
      });
      return { ok: true };
    },
  });
}

describe('a write that its tool does not await', () => {
  function forgetting(workMs: number) {
    return defineTool({
      connector: readThing.connector,
      name: 'acme_forget_thing',
      effect: 'create',
      confirm: false,
      scopes: [],
      description: 'A tool of this test.',
      examples: [],
      async run(_input, { api }) {
        void api.post(path`/things`);
        if (workMs > 0) await sleep(workMs);
        return {};
      },
    });
  }

  test('causes internal_error if the write was not sent', async () => {
    expect((await callOf(forgetting(0))()).error?.code).toBe('internal_error');
    await sleep(50);
    expect(proxied()).toEqual([]);
  });

  test('causes outcome_unknown if the write was sent', async () => {
    scalekit.script['/proxy/things'] = hang;

    expect((await callOf(forgetting(300))()).error?.code).toBe('outcome_unknown');
  });
});

test('a write is not retried if too little time is left', async () => {
  scalekit.script['/proxy/things'] = (_request, response) =>
    void response.writeHead(429, { 'retry-after': '1' }).end();

  expect((await callOf(createThing)({ ...write, remainingMs: 4_000 })).error).toMatchObject({
    code: 'rate_limited',
    retry_after_seconds: 1,
  });
  expect(proxied()).toHaveLength(1);
});
