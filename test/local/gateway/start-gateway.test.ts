import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type Gateway, startGateway } from '../../../local/gateway/start-gateway.ts';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { type SentRequest, sendRequest } from './send-request.ts';

const path = '/tools/echo';
const handler = vi.fn<(event: unknown, context: unknown) => Promise<unknown>>(async (event) => event);
const contextSchema = z.object({
  awsRequestId: z.uuid(),
  functionName: z.string(),
  memoryLimitInMB: z.string(),
  invokedFunctionArn: z.string(),
  getRemainingTimeInMillis: z.custom<() => number>((value) => typeof value === 'function'),
});

let issuer: Issuer;
let gateway: Gateway;
let authorization: string;
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startGateway({
    issuer: issuer.url,
    audience: issuer.audience,
    timeoutMs: 300,
    routes: [{ method: 'POST', path, functionName: 'echo', handler }],
  });
  authorization = `Bearer ${await issuer.sign({ sub: 'user_ada' })}`;
});
afterEach(() => {
  handler.mockReset().mockImplementation(async (event) => event);
  vi.restoreAllMocks();
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

function send(options: SentRequest & { path?: string }) {
  const headers = { authorization, ...options.headers };
  return sendRequest(`${gateway.url}${options.path ?? path}`, { ...options, headers });
}

test('the remaining time in the Lambda context decreases', async () => {
  await send({});
  const context = contextSchema.parse(handler.mock.calls[0]?.[1]);
  expect(context).toMatchObject({ functionName: 'echo', memoryLimitInMB: '1024' });
  expect(context.invokedFunctionArn).toMatch(/:function:echo$/);
  const before = context.getRemainingTimeInMillis();
  expect(before).toBeLessThanOrEqual(300);
  await expect.poll(() => context.getRemainingTimeInMillis()).toBeLessThan(before);
});

describe('the response', () => {
  test('has the status, headers, cookies and body that the function returned', async () => {
    handler.mockResolvedValue({
      statusCode: 201,
      headers: { 'Content-Type': 'text/css', 'X-Count': 3 },
      cookies: ['a=1', 'b=2'],
      body: 'YT0x',
      isBase64Encoded: true,
    });
    expect(await send({})).toMatchObject({
      status: 201,
      headers: { 'content-type': 'text/css', 'x-count': '3', 'set-cookie': ['a=1', 'b=2'] },
      text: 'a=1',
    });
  });

  test('is 200 with JSON if the function returned no status code', async () => {
    handler.mockResolvedValue({ hello: 'Ada' });
    const { status, headers, text } = await send({});
    expect([status, headers['content-type'], text]).toEqual([200, 'application/json', '{"hello":"Ada"}']);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a promise that rejects', () => Promise.reject(new Error('broken'))],
    [
      'an error that is thrown',
      () => {
        throw new Error('broken');
      },
    ],
    ['a body over 6 MB', async () => ({ statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024 + 200) })],
    ['a body that is not a string', async () => ({ statusCode: 200, body: { a: 1 } })],
    ['a status that is not valid', async () => ({ statusCode: 1000 })],
    ['a value that JSON does not support', async () => ({ value: 1n })],
    ['a header that HTTP does not allow', async () => ({ statusCode: 200, headers: { a: 'b\r\nc: d' } })],
  ])('is 500 after %s', async (_name, implementation) => {
    vi.spyOn(console, 'error').mockReturnValue();
    handler.mockImplementation(implementation);
    const { status, text } = await send({});
    expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('is 503 if the function exceeds the time limit', async () => {
    handler.mockReturnValue(new Promise(() => {}));
    const { status, text } = await send({});
    expect([status, text]).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});

describe('the gateway, without calling the function', () => {
  test.each([
    ['POST', '/tools/other'],
    ['POST', '/tools/echo/'],
    ['PUT', path],
  ])('responds with 404 to %s %s', async (method, unknownPath) => {
    const { status, text } = await send({ method, path: unknownPath });
    expect([status, text]).toEqual([404, '{"message":"Not Found"}']);
    expect(handler).not.toHaveBeenCalled();
  });

  test('responds with 413 to a body over 10 MB', async () => {
    const { status, text } = await send({ body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect([status, text]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(handler).not.toHaveBeenCalled();
  });
});

test('close aborts the running requests of the gateway', async () => {
  const other = await startGateway({
    issuer: issuer.url,
    audience: issuer.audience,
    routes: [{ method: 'GET', path, functionName: 'hanging', handler: () => new Promise(() => {}) }],
  });
  const pending = fetch(`${other.url}${path}`, { headers: { authorization } });
  const outcome = expect(pending).rejects.toThrow();
  await other.close();
  await outcome;
});
