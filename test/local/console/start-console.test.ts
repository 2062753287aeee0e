import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type LocalConsole, startConsole } from '../../../local/console/start-console.ts';
import { startStack } from '../../../local/start-stack.ts';
import { hasTools, projectTools } from '../../support/project-tools.ts';
import { startStackForTest } from '../../support/start-stack-for-test.ts';

const READ = 'gmail_list_unread';
const Recorded = z.looseObject({ id: z.string(), code: z.string().nullable(), tokens: z.number() });
const Presets = z.object({
  presets: z.array(z.object({ title: z.string(), fault: z.unknown() })).min(5),
});
const Refusal = z.object({
  message: z.string(),
  details: z.array(z.object({ path: z.string(), issue: z.string() })),
});

let stack: Awaited<ReturnType<typeof startStackForTest>>;
let page: LocalConsole;
beforeAll(async () => {
  stack = await startStackForTest();
  page = await startConsole({ stack });
});
afterAll(() => Promise.all([page.close(), stack.close()]));
beforeEach(() => stack.scalekit.reset());

async function ask(method: string, path: string, body?: unknown, to: LocalConsole = page) {
  const response = await fetch(to.url + path, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer: unknown = response.status === 204 ? undefined : await response.json();
  return { status: response.status, answer, message: Refusal.safeParse(answer).data?.message };
}

/** Sends a request with any headers. With `fetch`, a program cannot set some of them. */
async function raw(headers: Record<string, string>, method = 'GET', path = '/api/catalogue', body = '') {
  const request = requestHttp(page.url + path, { method, headers });
  request.end(body);
  const [response] = await once(request, 'response');
  return { status: response.statusCode, body: await text(response) };
}

const call = (changes: object = {}) => ({
  tool: READ,
  surface: 'http',
  identifier: 'user_ada',
  input: {},
  ...changes,
});

describe('the console', () => {
  const host = () => new URL(page.url).host;

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['the origin of another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame, which has no origin', { origin: 'null' }],
    ['a name that resolves to this machine', { host: 'evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('rejects requests from %s', async (_, headers) => {
    const { status, body } = await raw({ host: host(), ...headers });

    expect(status).toBe(403);
    expect(body).not.toContain(READ);
  });

  test('accepts requests of its own page, and of programs on this machine', async () => {
    expect((await raw({ host: host(), origin: page.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await raw({ host: host() })).status).toBe(200);
  });

  test('rejects a call that a form of another page could send', async () => {
    const before = stack.calls.calls.length;
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await raw(
        { host: host(), 'content-type': type },
        'POST',
        '/api/calls',
        JSON.stringify(call()),
      );
      expect(answer.status).toBe(400);
    }
    expect(stack.calls.calls).toHaveLength(before);
  });

  test('sends a page that runs only its own script and cannot be shown in a frame', async () => {
    const response = await fetch(page.url);

    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]* src="\/)|\son\w+=|https?:\/\/(?!www\.w3\.org)/);
  });
});

test('the catalogue contains the contracts of all tools', async () => {
  const { answer } = await ask('GET', '/api/catalogue');

  expect(answer).toMatchObject({
    tools: projectTools.map(({ name, connector, effect, description }) => ({
      name,
      connector: connector.name,
      effect,
      description,
      exampleInputs: [expect.any(Object)],
      file: expect.stringMatching(new RegExp(`^functions/${connector.name}/.+\\.ts$`)),
    })),
    users: expect.arrayContaining(['user_ada', 'user_expired']),
    isEmulated: true,
    problems: [],
    needsRestart: [],
  });
});

describe.skipIf(!hasTools(READ))('a call', () => {
  test('is rejected with the reason if it is not valid', async () => {
    expect(await ask('POST', '/api/calls', call({ tool: 'gmail_nothing' }))).toMatchObject({
      status: 404,
      message: 'There is no tool gmail_nothing.',
    });
    const { status, answer } = await ask('POST', '/api/calls', call({ surface: 'fax', input: [], extra: 1 }));
    expect(status).toBe(400);
    expect(
      Refusal.parse(answer)
        .details.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['', 'input', 'surface']);
    expect(await raw({ 'content-type': 'application/json' }, 'POST', '/api/calls', '{')).toMatchObject({
      status: 400,
    });
    expect((await ask('POST', '/api/calls', call({ input: { text: 'x'.repeat(1_100_000) } }))).status).toBe(
      413,
    );
  });

  test('is reported as failed if API Gateway or the MCP server responds without calling the function', async () => {
    const claims = { aud: 'somebody else' };

    for (const surface of ['http', 'mcp']) {
      const { status, message } = await ask('POST', '/api/calls', call({ surface, claims }));
      expect(status).toBe(502);
      expect(message).toMatch(/Unauthorized/);
    }
  });

  test('sends the idempotency key on each surface that supports such keys', async () => {
    for (const surface of ['http', 'mcp', 'direct']) {
      const { answer } = await ask(
        'POST',
        '/api/calls',
        call({ surface, idempotencyKey: `key-of-${surface}` }),
      );
      expect(JSON.stringify(Object(answer).event)).toContain(`key-of-${surface}`);
    }
  });

  test('is listed with the user whose hash is in the log, whatever program made the call', async () => {
    await stack.call('user_grace', READ, { max_results: 'many' });

    const { answer } = await ask('GET', '/api/calls');
    const [latest] = z.array(Recorded.omit({ tokens: true })).parse(answer);
    expect(latest).toMatchObject({
      code: 'invalid_input',
      identifier: 'user_grace',
      surface: 'http',
      tool: READ,
    });
    const stored = await ask('GET', `/api/calls/${latest?.id}`);
    expect(stored.answer).toMatchObject({
      result: { error: { code: 'invalid_input' } },
      log: { surface: 'http' },
    });
    expect((await ask('GET', '/api/calls/never')).status).toBe(404);
  });

  test('has a size in bytes and tokens, whatever text the provider returns', async () => {
    const marks = '<|endoftext|><|im_start|>system';
    stack.scalekit.addFault({
      connection: 'gmail',
      answer: { status: 200, body: { messages: [{ id: marks, threadId: marks }] } },
    });

    const { status, answer } = await ask('POST', '/api/calls', call());

    expect(status).toBe(200);
    expect(Recorded.parse(answer).tokens).toBeGreaterThan(20);
    expect(answer).toMatchObject({ result: { messages: [{ id: marks, thread_id: marks }] } });
  });
});

describe('accounts', () => {
  const connector = projectTools[0]?.connector.name ?? '';

  test('are listed for all known users, and for any other user on request', async () => {
    const everybody = await ask('GET', '/api/accounts');
    const stranger = await ask('GET', '/api/accounts?identifier=user_new');

    expect(everybody.answer).toContainEqual({
      identifier: 'user_expired',
      accounts: expect.arrayContaining([{ connector, status: 'EXPIRED' }]),
    });
    expect(stranger.answer).toEqual([
      { identifier: 'user_new', accounts: expect.arrayContaining([{ connector, status: null }]) },
    ]);
  });

  test('can be changed in every way that the emulated Scalekit allows', async () => {
    const change = { identifier: 'user_ada', connector, status: 'EXPIRED' };

    expect((await ask('PUT', '/api/accounts', change)).status).toBe(204);
    expect(stack.scalekit.getAccount(connector, 'user_ada')?.status).toBe('EXPIRED');
    expect(await ask('PUT', '/api/accounts', { ...change, connector: 'fax' })).toMatchObject({ status: 404 });
    expect(
      await ask('PUT', '/api/accounts', { ...change, identifier: 'user_new', status: 'ACTIVE' }),
    ).toMatchObject({
      status: 400,
      message: expect.stringContaining('needs an accessToken'),
    });
    expect((await ask('PUT', '/api/accounts', { ...change, status: 'GONE' })).status).toBe(400);
  });

  test('are connected on the consent page of the deployed API', async () => {
    const { answer } = await ask('POST', '/api/accounts/connect', { identifier: 'user_expired', connector });

    expect(answer).toEqual({ authorizationUrl: expect.stringContaining(`${stack.scalekit.url}/magicLink/`) });
    expect(await ask('POST', '/api/accounts/connect', { identifier: 'user ada', connector })).toMatchObject({
      status: 502,
      message: expect.stringMatching(/^unauthenticated: /),
    });
  });
});

describe('faults', () => {
  test('can be switched on and off, one by one or all together', async () => {
    const fault = { connection: 'gmail', answer: { status: 503 } };
    const added = await ask('POST', '/api/faults', fault);
    expect(added.answer).toMatchObject({ faults: [{ fault, struck: 0, remaining: null }] });
    const id = stack.scalekit.faults[0]?.id;

    expect((await ask('DELETE', `/api/faults/${id}`)).answer).toMatchObject({ faults: [] });
    expect((await ask('DELETE', `/api/faults/${id}`)).status).toBe(404);
    await ask('POST', '/api/faults', fault);
    expect((await ask('DELETE', '/api/faults')).answer).toMatchObject({ faults: [] });
  });

  test('are rejected with the paths of their errors if they are not valid', async () => {
    const { status, answer } = await ask('POST', '/api/faults', { answer: { status: 42 } });

    expect(status).toBe(400);
    expect(Refusal.parse(answer).details.map(({ path }) => path)).toContain('answer.status');
  });

  test('are valid if they come from a preset', async () => {
    const { answer } = await ask('GET', '/api/faults');
    const { presets } = Presets.parse(answer);

    for (const { fault } of presets) expect((await ask('POST', '/api/faults', fault)).status).toBe(200);
  });

  test.each([
    ['Gmail', 'gmail_list_filters', {}],
    ['GitHub', 'github_list_review_queue', {}],
  ])('include a preset for the rate limit of %s', async (provider, tool, input) => {
    if (!hasTools(tool)) return;
    const { answer } = await ask('GET', '/api/faults');
    const preset = Presets.parse(answer).presets.find(({ title }) => title.startsWith(`${provider}’s limit`));
    await ask('POST', '/api/faults', preset?.fault);

    const { error } = await stack.call('user_ada', tool, input);
    await ask('DELETE', '/api/faults');

    expect(error?.code).toBe('rate_limited');
  });
});

test('open pages are notified of changes, whatever made the change', async () => {
  const response = await fetch(`${page.url}/api/changes`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const hear = async (name: string) => {
    while (!heard.includes(`event: ${name}\n`)) heard += (await reader?.read())?.value ?? '';
  };

  stack.scalekit.addFault({ latencyMs: 1 });
  await hear('faults');
  stack.scalekit.setAccount(projectTools[0]?.connector.name ?? '', 'user_ada', { status: 'EXPIRED' });
  await hear('accounts');
  await stack.call('user_ada', projectTools[0]?.name ?? '', {});
  await hear('calls');
  await reader?.cancel();
});

test('with a real Scalekit environment, accounts cannot be changed and only one user at a time can be looked up', async () => {
  const live = await startStack({ scalekit: stack.variables, log: () => {} });
  const livePage = await startConsole({ stack: live });
  try {
    const connector = projectTools[0]?.connector.name ?? '';
    const change = { identifier: 'user_ada', connector, status: 'EXPIRED' };

    expect((await ask('GET', '/api/catalogue', undefined, livePage)).answer).toMatchObject({
      isEmulated: false,
      users: [],
    });
    expect((await ask('GET', '/api/accounts', undefined, livePage)).answer).toEqual([]);
    expect((await ask('GET', '/api/accounts?identifier=user_ada', undefined, livePage)).answer).toMatchObject(
      [{ accounts: expect.arrayContaining([{ connector, status: 'ACTIVE' }]) }],
    );
    expect((await ask('PUT', '/api/accounts', change, livePage)).status).toBe(400);
    expect((await ask('POST', '/api/faults', { latencyMs: 1 }, livePage)).status).toBe(400);
    expect((await ask('GET', '/api/faults', undefined, livePage)).status).toBe(400);
  } finally {
    await Promise.all([livePage.close(), live.close()]);
  }
});
