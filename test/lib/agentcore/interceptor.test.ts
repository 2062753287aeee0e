import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createInterceptor } from '../../../lib/agentcore/interceptor.ts';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { lambdaContext } from '../../support/http-event.ts';

let issuer: Issuer;
let user: string;
let machine: string;
beforeAll(async () => {
  issuer = await startIssuer();
  user = await issuer.sign({ sub: 'user_ada' });
  machine = await issuer.sign({ sub: 'backend', scope: 'openid tools:delegate' });
});
afterAll(() => issuer.close());

const body = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'acme-target___acme_read_thing', arguments: { thing: 't1' } },
};

/**
 * Returns an event of AgentCore Gateway for its interceptor.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-interceptors-types.html
 */
function eventWith(headers: unknown, changes: object = {}) {
  return {
    interceptorInputVersion: '1.0',
    mcp: {
      rawGatewayRequest: { body: JSON.stringify(body) },
      gatewayRequest: { path: '/mcp', httpMethod: 'POST', headers, body },
    },
    ...changes,
  };
}

const Answer = z.strictObject({
  interceptorOutputVersion: z.literal('1.0'),
  mcp: z.strictObject({
    transformedGatewayRequest: z.strictObject({
      headers: z.record(z.string(), z.string()),
      body: z.unknown(),
    }),
  }),
});

async function forwardedOf(headers: unknown, variables = {}) {
  const answer = await createInterceptor(variables)(eventWith(headers), lambdaContext());
  const { transformedGatewayRequest } = Answer.parse(answer).mcp;
  expect(transformedGatewayRequest.body).toEqual(body);
  return transformedGatewayRequest.headers;
}

describe('the interceptor', () => {
  test("forwards only the caller's token", async () => {
    const forwarded = await forwardedOf({
      Accept: 'application/json',
      authorization: `Bearer ${user}`,
      'Mcp-Session-Id': 'session-1',
      'x-identifier': 'user_grace',
      Cookie: 'a=b',
    });

    expect(forwarded).toEqual({ Authorization: `Bearer ${user}` });
  });

  test.each(['x-identifier', 'X-Identifier'])(
    'lets a machine client name the user in the header %s',
    async (name) => {
      const forwarded = await forwardedOf({ Authorization: `Bearer ${machine}`, [name]: 'user_grace' });

      expect(forwarded).toEqual({ Authorization: `Bearer ${machine}`, 'x-identifier': 'user_grace' });
    },
  );

  test('recognises a machine client by the scope in DELEGATION_SCOPE', async () => {
    const backend = await issuer.sign({ sub: 'backend', scp: ['act'] });
    const named = (token: string) => ({ Authorization: `Bearer ${token}`, 'x-identifier': 'user_grace' });

    expect(await forwardedOf(named(backend), { DELEGATION_SCOPE: 'act' })).toHaveProperty('x-identifier');
    expect(await forwardedOf(named(machine), { DELEGATION_SCOPE: 'act' })).not.toHaveProperty('x-identifier');
  });

  test.each<[string, () => unknown]>([
    ['no headers', () => undefined],
    ['no tokens', () => ({ 'x-identifier': 'user_grace' })],
    ['two tokens', () => ({ Authorization: `Bearer ${user}`, authorization: `Bearer ${machine}` })],
  ])('forwards no headers if the request has %s', async (_, headers) => {
    expect(await forwardedOf(headers())).toEqual({});
  });

  test.each<[string, () => Record<string, string>]>([
    ['a malformed token', () => ({ Authorization: 'Bearer x', 'x-identifier': 'user_grace' })],
    [
      'headers that name two users',
      () => ({
        Authorization: `Bearer ${machine}`,
        'x-identifier': 'user_grace',
        'X-Identifier': 'user_ada',
      }),
    ],
  ])('forwards the token but no user for %s', async (_, headers) => {
    expect(Object.keys(await forwardedOf(headers()))).toEqual(['Authorization']);
  });

  test.each<[string, unknown]>([
    ['an unknown version', eventWith({}, { interceptorInputVersion: '2.0' })],
    ['no request', { interceptorInputVersion: '1.0', mcp: {} }],
  ])('fails if the event has %s, so that the gateway forwards nothing', async (_, event) => {
    await expect(createInterceptor({})(event, lambdaContext())).rejects.toThrow();
  });

  test('stops the initialisation in Lambda if DELEGATION_SCOPE is malformed', () => {
    const variables = { DELEGATION_SCOPE: 'two scopes', AWS_LAMBDA_FUNCTION_NAME: 'interceptor' };

    expect(() => createInterceptor(variables)).toThrow(/^DELEGATION_SCOPE is malformed/);
  });
});
