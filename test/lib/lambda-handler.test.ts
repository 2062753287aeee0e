import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpSecurityHeaders from '@middy/http-security-headers';
import warmup from '@middy/warmup';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { withOptions } from '../../lib/create-handler.ts';
import { discoveryCatalogue } from '../../lib/discovery/discovery-catalogue.ts';
import { createDiscoveryFunction } from '../../lib/discovery/discovery-function.ts';
import { ToolError } from '../../lib/errors/tool-error.ts';
import { createHandler } from '../../lib/lambda.ts';
import { createThing, readThing } from '../support/acme.ts';
import { httpEvent, lambdaContext, readHttpAnswer } from '../support/http-event.ts';
import { type SigningKey, signingKey, startKeyIssuer } from '../support/start-key-issuer.ts';
import { readAnswer, SURFACE_CALLERS } from '../support/surface-callers.ts';
import { startTestBed, type TestBed } from '../support/test-bed.ts';
import { startTraceDaemon } from '../support/trace-daemon.ts';

// The tracer reads this variable when it is imported, as in Lambda.
const daemon = await startTraceDaemon();
vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', daemon.address);
vi.stubEnv('AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs24.x');
vi.stubEnv('LAMBDA_TASK_ROOT', '/var/task');
vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5f84c7a1-d9e0f7a5b6c1d2e3f4a5b6c7;Parent=53995c3f42cd8ad8;Sampled=1');
vi.stubEnv('_HANDLER', 'functions/acme/thing.handler');
const { Tracer } = await import('@aws-lambda-powertools/tracer');
const { captureLambdaHandler } = await import('@aws-lambda-powertools/tracer/middleware');

let bed: TestBed;
let key: SigningKey;
let issuer: Awaited<ReturnType<typeof startKeyIssuer>>;
beforeAll(async () => {
  [bed, key] = await Promise.all([startTestBed(), signingKey('RS256')]);
  issuer = await startKeyIssuer(key);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([bed.close(), issuer.close(), daemon.close()]);
});
beforeEach(() => {
  bed.reset();
  bed.provider.script = () => ({ body: thing });
  daemon.segments.length = 0;
});

const handlerOf = (tool: Parameters<TestBed['handler']>[0]) =>
  bed.handler(tool, { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: issuer.audience });
const thing = { id: 't1', title: 'A thing' };
const reading = { tool: readThing.name, user: 'user_ada', input: { thing: 't1' } };
const creating = { tool: createThing.name, user: 'user_ada', input: { title: 'New' } };

const SEGMENT = '## functions/acme/thing.handler';
const REQUEST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const withoutIds = (wire: unknown) =>
  JSON.stringify(wire).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');

describe.each(SURFACE_CALLERS)('$name', (surface) => {
  test('Powertools and Middy middlewares work together, and the response stays unchanged', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const logger = new Logger({ serviceName: 'acme' });
    const tracer = new Tracer({ serviceName: 'acme' });
    const handler = handlerOf(readThing);
    handler
      .use(injectLambdaContext(logger))
      .use(captureLambdaHandler(tracer, { captureResponse: false }))
      .use(warmup())
      .after(() => logger.info('read'));

    const answer = await surface.invoke(handler, reading, issuer);

    const { json, wire } = readAnswer(surface, answer);
    expect(json).toEqual(thing);
    const plain = readAnswer(surface, await surface.invoke(handlerOf(readThing), reading, issuer));
    expect(withoutIds(wire)).toBe(withoutIds(plain.wire));
    expect(written.mock.calls.map(([line]) => JSON.parse(String(line)))).toEqual([
      expect.objectContaining({ message: 'read', function_request_id: expect.stringMatching(REQUEST_ID) }),
    ]);
    await vi.waitFor(() => expect(daemon.segments.map(({ name }) => name)).toContain(SEGMENT));
    const segment = daemon.segments.find(({ name }) => name === SEGMENT);
    expect(segment).toMatchObject({ annotations: { Service: 'acme' } });
    expect(JSON.stringify(daemon.segments)).not.toContain('A thing');

    expect(await handler({ source: 'serverless-plugin-warmup' }, lambdaContext())).toBe('warmup');
  });

  test.each([
    ['a ToolError', () => new ToolError('forbidden', { message: 'Not on Sundays.' }), 'forbidden'],
    ['another error', () => new Error('secret detail'), 'internal_error'],
  ])(
    "a middleware that throws %s before the call causes an error response in the surface's format",
    async (_, thrown, code) => {
      const handler = handlerOf(readThing);
      handler.before(() => {
        throw thrown();
      });

      const { error, wire } = readAnswer(surface, await surface.invoke(handler, reading, issuer));

      expect(error).toMatchObject({ code, request_id: expect.stringMatching(REQUEST_ID) });
      expect(JSON.stringify(wire) + bed.logged()).not.toContain('secret detail');
      expect(bed.logged()).toContain(`"code":"${code}"`);
      expect(bed.calls()).toEqual([]);
    },
  );

  test.each([
    ['read', readThing, reading, 'internal_error'],
    ['write', createThing, creating, 'outcome_unknown'],
  ])(
    'if a middleware throws after a %s, the error reflects the outcome of the call',
    async (_, tool, call, code) => {
      const handler = handlerOf(tool);
      handler.after(() => {
        throw new Error('The disk is full.');
      });

      const { error } = readAnswer(surface, await surface.invoke(handler, call, issuer));

      expect(error?.code).toBe(code);
      expect(bed.provider.requests).toHaveLength(1);
    },
  );

  test('a middleware that changes the body of a request makes the call fail before anything is sent', async () => {
    const handler = handlerOf(readThing);
    handler.use(httpJsonBodyParser());

    const answer = await surface.invoke(handler, reading, issuer);

    expect(JSON.stringify(answer)).toContain('internal_error');
    expect(bed.calls()).toEqual([]);
  });

  test('a middleware that sets HTTP headers changes every response into an HTTP response', async () => {
    const handler = handlerOf(readThing);
    handler.use(httpSecurityHeaders());

    const answer = await surface.invoke(handler, reading, issuer);

    // MCP puts this response into its result as text.
    expect(JSON.stringify(answer)).toMatch(/statusCode.*Content-Security-Policy/);
    if (surface.name === 'HTTP API') expect(readAnswer(surface, answer).json).toEqual(thing);
  });
});

test('a middleware may set the response if another middleware throws', async () => {
  const handler = handlerOf(readThing);
  handler
    .onError((request) => {
      request.response = { said: request.error?.message };
    })
    .before(() => {
      throw new Error('Closed.');
    });

  expect(await handler({}, lambdaContext())).toEqual({ said: 'Closed.' });
});

test('each middleware runs once, and the first middleware is the outermost', async () => {
  const order: string[] = [];
  const handler = handlerOf(readThing);
  for (const name of ['one', 'two']) {
    handler.use({
      before: () => void order.push(`${name} before`),
      after: () => void order.push(`${name} after`),
    });
  }

  await handler({ tool: readThing.name, identifier: 'user_ada', input: reading.input }, lambdaContext());

  expect(order).toEqual(['one before', 'two before', 'two after', 'one after']);
});

test('a handler can run with the settings of one call, and its middlewares still run', async () => {
  const events: unknown[] = [];
  const handler = createHandler(readThing, { variables: {} });
  handler.before(({ event }) => void events.push(event));
  const { url, clientId, clientSecret } = bed.scalekit;
  const variables = {
    SCALEKIT_ENV_URL: url,
    SCALEKIT_CLIENT_ID: clientId,
    SCALEKIT_CLIENT_SECRET: clientSecret,
    USER_VERIFY_URL: 'none',
  };
  const event = { tool: readThing.name, identifier: 'user_ada', input: reading.input };

  const options = { variables, log: () => {}, metrics: () => {} };
  expect(await withOptions(handler, options)(event, lambdaContext())).toEqual(thing);

  expect(events).toEqual([event]);
});

test('the handler of a shared function accepts middlewares', async () => {
  const log = () => {};
  const discovery = createDiscoveryFunction(discoveryCatalogue([readThing], '1.0.0'), { variables: {}, log });
  const event = { ...httpEvent(), routeKey: 'GET /tools' };
  const seen: unknown[] = [];
  discovery.after(({ response }) => void seen.push(response));

  const answer = await discovery(event, lambdaContext());

  expect(readHttpAnswer(answer).status).toBe(200);
  expect(seen).toEqual([answer]);
  discovery.before(() => {
    throw new Error('Closed.');
  });
  expect(readHttpAnswer(await discovery(event, lambdaContext())).error?.code).toBe('internal_error');
});
