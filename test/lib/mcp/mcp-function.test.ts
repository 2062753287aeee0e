import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { Tool } from '../../../lib/contract/define-tool.ts';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import type { Handler } from '../../../lib/lambda-handler.ts';
import { mcpCatalogue } from '../../../lib/mcp/mcp-catalogue.ts';
import { createMcpFunction } from '../../../lib/mcp/mcp-function.ts';
import type { DirectCall } from '../../../lib/mcp/tool-invoker.ts';
import type { Environment } from '../../../lib/settings/parse-settings.ts';
import { identifierHash } from '../../../lib/telemetry/identifier-hash.ts';
import { createThing, readThing } from '../../support/acme.ts';
import { ErrorAnswer, httpEvent, lambdaContext } from '../../support/http-event.ts';
import { callOverMcp, mcpBody } from '../../support/mcp-call.ts';
import { startTestBed, type TestBed } from '../../support/test-bed.ts';

let bed: TestBed;
let lines: Record<string, unknown>[];
beforeAll(async () => {
  bed = await startTestBed();
});
afterAll(() => bed.close());
beforeEach(() => {
  bed.reset();
  lines = [];
});

const TOOLS: readonly Tool[] = [readThing, createThing];
const Answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
const input = { thing: 't1' };
// https://www.w3.org/TR/trace-context/#examples-of-http-traceparent-headers
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

interface Request {
  method?: string;
  claims?: Record<string, unknown>;
  authorizer?: unknown;
  headers?: Record<string, string | undefined>;
  body?: unknown;
  /** Sends these bytes instead of `body`. */
  bytes?: Buffer;
  query?: Record<string, string>;
  remainingMs?: number;
}

/** Returns an MCP function, and a list of the invocations that it sends. */
function mcpFunction(
  variables: Environment = {},
  answer: () => Record<string, unknown> | ToolError = () => ({ id: 't1' }),
) {
  const calls: DirectCall[] = [];
  const traces: unknown[] = [];
  const handler = createMcpFunction(mcpCatalogue(TOOLS, '1.0.0'), {
    variables,
    log: (level, message, fields) => lines.push({ level, message, ...fields }),
    invoke: async (_tool, call, _signal, trace) => {
      calls.push(call);
      traces.push(trace?.header);
      return { requestId: 'tool-request', answer: answer() };
    },
  });
  return { calls, traces, send: (request: Request) => send(handler, request) };
}

async function send(
  handler: Handler,
  { method = 'POST', headers = {}, query, bytes, remainingMs, ...request }: Request,
) {
  const event = httpEvent({
    headers: sent({ accept: 'application/json, text/event-stream', ...headers }),
    ...request,
  });
  const http = { method, path: '/mcp' };
  const requestContext = { ...Object(event.requestContext), http };
  const routed = {
    ...event,
    requestContext,
    ...(query && { queryStringParameters: query }),
    ...(bytes && { body: bytes.toString('base64'), isBase64Encoded: true }),
  };
  const {
    statusCode,
    headers: answered,
    body,
  } = Answer.parse(await handler(routed, lambdaContext(remainingMs)));
  return { status: statusCode, headers: answered, json: body === '' ? undefined : JSON.parse(body) };
}

/** Returns the headers that have a value. */
const sent = (headers: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const message = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 7, method, params });
const call = (params: object = {}) =>
  message('tools/call', { name: readThing.name, arguments: input, ...params });
const errorOf = (json: { result: unknown }) => ErrorAnswer.parse(mcpBody(json.result)).error;

describe('an invalid request', () => {
  test.each([
    ['a batch, which could start any number of calls', [call(), call()]],
    ['an empty batch', []],
    ['not JSON', '{'],
    ['a text', '"text"'],
    ['empty', undefined],
    ['an object with very deep nesting', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ])('is rejected if its body is %s', async (_, body) => {
    const { calls, send: sendTo } = mcpFunction();

    const { status, json } = await sendTo({ body });

    expect(status).toBe(400);
    expect(json).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_700 } });
    expect(calls).toEqual([]);
  });

  test.each(['GET', 'DELETE', 'PUT'])(
    'is rejected if its method is %s, because there are no sessions',
    async (method) => {
      const { status, headers } = await mcpFunction().send({ method });

      expect([status, headers.allow]).toEqual([405, 'POST']);
    },
  );

  test('is rejected if its content type is not JSON', async () => {
    const { status } = await mcpFunction().send({ body: call(), headers: { 'content-type': 'text/plain' } });

    expect(status).toBe(415);
  });
});

test('a subscription is rejected immediately, because it would keep the function running', async () => {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' };
  const body = message('subscriptions/listen', { _meta, notifications: { toolsListChanged: true } });

  const { json } = await mcpFunction().send({ headers, body });

  expect(json).toMatchObject({ id: 7, error: { code: -32_603 } });
});

test('a call of an unknown tool returns a protocol error', async () => {
  const { calls, send: sendTo } = mcpFunction();

  const { status, json } = await sendTo({ body: call({ name: 'acme_drop_table' }) });

  expect(status).toBe(200);
  expect(json).toMatchObject({ error: { code: -32_602 } });
  expect(calls).toEqual([]);
});

test('every response contains the ID of the request', async () => {
  const { headers } = await mcpFunction().send({ body: call() });

  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

describe('the user', () => {
  test("is read from the claims, never from the model's input", async () => {
    const { calls, send: sendTo } = mcpFunction();

    await sendTo({
      claims: { sub: 'user_ada' },
      body: call({ arguments: { ...input, identifier: 'user_grace' }, _meta: { identifier: 'user_grace' } }),
    });

    expect(calls).toEqual([
      { tool: readThing.name, identifier: 'user_ada', input: { ...input, identifier: 'user_grace' } },
    ]);
  });

  test('gets the identifier from the identity template of the connector', async () => {
    const { calls, send: sendTo } = mcpFunction({
      ACME_IDENTITY_TEMPLATE: '{org_id}/{sub}',
      IDENTITY_TEMPLATE: '{sub}',
    });

    await sendTo({ claims: { sub: 'a/b', org_id: 'o' }, body: call() });

    expect(calls).toMatchObject([{ identifier: 'o/a%2Fb' }]);
  });

  test('may be named by a machine client', async () => {
    const { calls, send: sendTo } = mcpFunction();

    const claims = { sub: 'machine', scope: 'tools:delegate' };
    await sendTo({ claims, headers: { 'X-Identifier': 'user_grace' }, body: call() });

    expect(calls).toMatchObject([{ identifier: 'user_grace' }]);
  });

  test.each([
    [
      'a machine client that names no user',
      { sub: 'machine', scope: 'tools:delegate' },
      {},
      'unauthenticated',
    ],
    ['a user who names another user', { sub: 'user_ada' }, { 'x-identifier': 'user_grace' }, 'forbidden'],
    ['claims that do not identify the user', { client_id: 'x' }, {}, 'unauthenticated'],
    ['claims that are not texts', { sub: 5 }, {}, 'unauthenticated'],
    ['a token without the scope', { sub: 'user_ada', scope: 'other' }, {}, 'forbidden'],
  ])('is rejected with a tool error for %s', async (_, claims, headers, code) => {
    const { calls, send: sendTo } = mcpFunction(
      code === 'forbidden' && 'scope' in claims ? { REQUIRED_SCOPE: 'tools' } : {},
    );

    const { status, json } = await sendTo({ claims, headers, body: call() });

    expect(status).toBe(200);
    expect(json.result).toMatchObject({ isError: true });
    expect(errorOf(json).code).toBe(code);
    expect(calls).toEqual([]);
    expect(lines).toEqual([
      expect.objectContaining({ level: 'INFO', tool: readThing.name, surface: 'mcp', code }),
    ]);
  });

  test('must be verified before the protocol starts', async () => {
    const { status, json } = await mcpFunction().send({ authorizer: undefined, body: message('tools/list') });

    expect(status).toBe(401);
    expect(json).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_600 } });
    expect(ErrorAnswer.parse(json.error.data).error.code).toBe('unauthenticated');
  });

  test('cannot list the tools with a token that lacks the required scope', async () => {
    const { send: sendTo } = mcpFunction({ REQUIRED_SCOPE: 'tools' });

    const refused = await sendTo({ claims: { sub: 'user_ada' }, body: message('tools/list') });
    const listed = await sendTo({ claims: { sub: 'user_ada', scope: 'tools' }, body: message('tools/list') });

    expect(refused.json.error).toMatchObject({ message: expect.stringContaining('lacks the scope tools') });
    expect(JSON.stringify(refused.json)).not.toContain(readThing.name);
    expect(listed.json.result.tools.map(({ name }: { name: string }) => name)).toEqual(
      TOOLS.map(({ name }) => name),
    );
  });
});

describe('an HTTP request', () => {
  test.each([undefined, '*/*', 'application/json', 'text/event-stream;q=0.1, */*'])(
    'gets JSON if its header Accept is %s',
    async (accept) => {
      const { status, json } = await mcpFunction().send({ headers: { accept }, body: call() });

      expect([status, json.result.structuredContent]).toEqual([200, { id: 't1' }]);
    },
  );

  test('gets an error if its Accept header excludes JSON', async () => {
    const { calls, send: sendTo } = mcpFunction();

    const { status, json } = await sendTo({ headers: { accept: 'text/event-stream' }, body: call() });

    expect([status, json.error.code]).toEqual([406, -32_600]);
    expect(calls).toEqual([]);
  });

  test("gets an error in the protocol's format if its body is not UTF-8", async () => {
    const { status, json } = await mcpFunction().send({ bytes: Buffer.from([0x7b, 0xff, 0x7d]) });

    expect(status).toBe(400);
    expect(json).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_700 } });
  });

  test("gets an error in the protocol's format if it has a duplicate header", async () => {
    const headers = { 'x-identifier': 'user_ada', 'X-Identifier': 'user_grace' };

    const { status, json } = await mcpFunction().send({ headers, body: call() });

    expect(status).toBe(401);
    expect(json).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_600 } });
  });

  test.each<[string, Environment, number]>([
    ['https://evil.example', {}, 403],
    ['null', {}, 403],
    ['https://api.example.com.evil.example', {}, 403],
    ['https://api.example.com', {}, 200],
    ['http://api.example.com', {}, 403],
    ['https://evil@api.example.com', {}, 403],
    ['https://api.example.com/path', {}, 403],
    ['https://app.example.com', {}, 403],
    ['https://app.example.com', { ALLOWED_ORIGINS: 'https://x.example, https://app.example.com' }, 200],
    ['https://app.example.com:8443', { ALLOWED_ORIGINS: 'https://app.example.com' }, 403],
    ['https://any.example', { ALLOWED_ORIGINS: '*' }, 200],
  ])(
    'from a web page of %s, with the settings %j, gets the status %i',
    async (origin, variables, expected) => {
      const { calls, send: sendTo } = mcpFunction(variables);
      const headers = { origin, host: 'API.example.com:443', 'x-forwarded-proto': 'https' };

      const { status, json } = await sendTo({ headers, body: call() });

      expect(status).toBe(expected);
      expect(calls).toHaveLength(expected === 200 ? 1 : 0);
      if (expected === 403)
        expect(ErrorAnswer.parse(json.error.data).error).toMatchObject({
          code: 'forbidden',
          message: expect.stringContaining('ALLOWED_ORIGINS'),
        });
    },
  );

  test.each([
    ['the header', { headers: { traceparent: TRACEPARENT } }, call()],
    ['_meta', {}, call({ _meta: { traceparent: TRACEPARENT } })],
    [
      '_meta, which takes precedence over the header',
      { headers: { traceparent: TRACEPARENT.replaceAll('4', '5') } },
      call({ _meta: { traceparent: TRACEPARENT } }),
    ],
  ])('passes the trace in %s to the log and the tool', async (_, request, body) => {
    const { traces, send: sendTo } = mcpFunction();

    await sendTo({ ...request, body });

    expect(traces).toEqual([TRACEPARENT]);
    expect(lines).toEqual([expect.objectContaining({ trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' })]);
  });

  test('is counted in the metrics, whatever result it has', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'mcp');
    const written: unknown[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      written.push(JSON.parse(String(line)));
      return true;
    });

    await mcpFunction().send({ body: call() });
    await mcpFunction({}, () => ({ ...new ToolError('not_found').toBody('r') })).send({ body: call() });
    await mcpFunction({}, () => new ToolError('outcome_unknown')).send({ body: call() });
    stdout.mockRestore();
    vi.unstubAllEnvs();

    const counted = written.filter((document) => 'ErrorResults' in Object(document));
    expect(counted).toMatchObject([0, 1, 1].map((ErrorResults) => ({ surface: 'mcp', ErrorResults })));
  });
});

describe('a client that selects tools', () => {
  const listed = (json: { result: { tools: { name: string }[] } }) =>
    json.result.tools.map(({ name }) => name);
  const create = { name: createThing.name, arguments: { title: 'x' } };

  test.each<[query: Record<string, string>, names: string[]]>([
    [{}, [readThing.name, createThing.name]],
    [{ connectors: 'acme' }, [readThing.name, createThing.name]],
    [{ tools: createThing.name }, [createThing.name]],
    [{ readonly: '1' }, [readThing.name]],
    [{ tools: createThing.name, readonly: '1' }, []],
  ])('lists and calls only the tools that the query %j selects', async (query, names) => {
    const { calls, send: sendTo } = mcpFunction();

    const { json: list } = await sendTo({ query, body: message('tools/list') });
    const { json: answered } = await sendTo({ query, body: call(create) });

    expect(listed(list)).toEqual(names);
    expect(calls).toHaveLength(names.includes(createThing.name) ? 1 : 0);
    if (calls.length === 0) expect(answered).toMatchObject({ error: { code: -32_602 } });
  });

  test.each<Record<string, string>>([{ readonly: 'yes' }, { readOnly: '1' }, { tools: 'acme_drop_table' }])(
    'gets an error for the query %j before any tool is called',
    async (query) => {
      const { calls, send: sendTo } = mcpFunction();

      const { status, json } = await sendTo({ query, body: call(create) });

      expect(status).toBe(400);
      expect(JSON.stringify(json)).toContain('invalid_input');
      expect(calls).toEqual([]);
    },
  );

  test.each([
    ['tools:read', [readThing.name]],
    ['tools:write', [createThing.name]],
    ['', []],
  ])('lists and calls only the tools that the scope "%s" allows', async (scope, names) => {
    const { calls, send: sendTo } = mcpFunction({ READ_SCOPE: 'tools:read', WRITE_SCOPE: 'tools:write' });
    const claims = { sub: 'user_ada', scope };

    const { json: list } = await sendTo({ claims, body: message('tools/list') });
    await sendTo({ claims, body: call() });
    await sendTo({ claims, body: call(create) });

    expect(listed(list)).toEqual(names);
    expect(calls.map(({ tool }) => tool)).toEqual(names);
  });

  test('gets an error that states the scope that a tool needs', async () => {
    const { send: sendTo } = mcpFunction({ WRITE_SCOPE: 'tools:write' });

    const { json } = await sendTo({ claims: { sub: 'user_ada', scope: 'tools:read' }, body: call(create) });

    expect(errorOf(json)).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('lacks the scope tools:write'),
    });
  });
});

describe('the idempotency key', () => {
  test('is passed to the tool unchanged', async () => {
    const { calls, send: sendTo } = mcpFunction();

    await sendTo({ body: call({ _meta: { 'idempotency-key': 'key 1' } }) });

    expect(calls).toEqual([
      { tool: readThing.name, identifier: 'user_ada', input, idempotency_key: 'key 1' },
    ]);
  });

  test.each(['key 1', '', 5, 'ключ'])('is rejected by the tool if it is %j', async (key) => {
    const params = { name: createThing.name, arguments: { title: 'x' }, _meta: { 'idempotency-key': key } };

    const { error } = ErrorAnswer.parse(mcpBody(await callOverMcp(bed.handler(createThing), { params })));

    expect(error).toMatchObject({ code: 'invalid_input', details: [{ path: 'idempotency_key' }] });
    expect(bed.provider.requests).toEqual([]);
  });
});

test('an input key named __proto__ is not passed to the tool', async () => {
  const { calls, send: sendTo } = mcpFunction();

  await sendTo({ body: JSON.stringify(call()).replace('"t1"', '"t1","__proto__":{"admin":true}') });

  expect(JSON.stringify(calls)).not.toContain('admin');
});

test('an invocation is aborted at the end of the call, or shortly before the MCP function times out', async () => {
  const signals: AbortSignal[] = [];
  const handler = createMcpFunction(mcpCatalogue(TOOLS, '1.0.0'), {
    variables: {},
    log: () => {},
    invoke: (_tool, { input: { thing } }, signal) => {
      signals.push(signal);
      if (thing === 't1') return Promise.resolve({ requestId: 'tool-request', answer: { id: 't1' } });
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new ToolError('provider_timeout')));
      });
    },
  });

  await send(handler, { body: call() });
  const { json } = await send(handler, { body: call({ arguments: { thing: 't2' } }), remainingMs: 800 });

  expect(errorOf(json).code).toBe('provider_timeout');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('an unexpected error becomes internal_error without its details', async () => {
  const { send: sendTo } = mcpFunction({}, () => {
    throw new TypeError('secret detail');
  });

  const { json } = await sendTo({ body: call() });

  expect(errorOf(json).code).toBe('internal_error');
  expect(JSON.stringify(json)).not.toContain('secret');
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'ERROR',
      tool: readThing.name,
      code: 'internal_error',
      error_class: 'TypeError',
    }),
  ]);
});

test('the log line contains the request ID of a function that crashed', async () => {
  const { send: sendTo } = mcpFunction({}, () => new ToolError('outcome_unknown'));

  const { json } = await sendTo({ body: call() });

  expect(errorOf(json).code).toBe('outcome_unknown');
  expect(lines).toEqual([
    expect.objectContaining({
      message: 'call failed',
      code: 'outcome_unknown',
      tool_request_id: 'tool-request',
      delegated: false,
    }),
  ]);
});

test('the log line of a rejected request for the list of tools contains the hash of the caller', async () => {
  const { send: sendTo } = mcpFunction({ REQUIRED_SCOPE: 'tools', SCALEKIT_CLIENT_SECRET: 'a-secret' });

  await sendTo({ claims: { sub: 'user_ada' }, body: message('tools/list') });

  expect(lines).toEqual([
    expect.objectContaining({
      code: 'forbidden',
      caller_hash: identifierHash('user_ada', 'a-secret'),
      delegated: false,
    }),
  ]);
});

test.each([
  ['IDENTITY_TEMPLATE', '{}'],
  ['ACME_IDENTITY_TEMPLATE', 'sub'],
  ['REQUIRED_SCOPE', 'a b'],
  ['DELEGATION_SCOPE', 'a b'],
  ['FUNCTION_NAME_PREFIX', 'a b'],
  ['READ_SCOPE', 'a b'],
  ['ALLOWED_ORIGINS', 'app.example.com'],
  ['SCALEKIT_CLIENT_SECRET_ARN', 'scalekit/client-secret'],
])('a malformed %s prevents the start of the function', (name, value) => {
  expect(() => createMcpFunction(mcpCatalogue(TOOLS, '1.0.0'), { variables: { [name]: value } })).toThrow(
    name,
  );
});

test('an event that is not from the HTTP API returns internal_error', async () => {
  const handler = createMcpFunction(mcpCatalogue(TOOLS, '1.0.0'), { variables: {}, log: () => {} });

  const answer = ErrorAnswer.parse(
    await handler({ tool: readThing.name, identifier: 'user_ada', input }, lambdaContext()),
  );

  expect(answer.error).toMatchObject({
    code: 'internal_error',
    message: expect.stringContaining('HTTP API'),
  });
});
