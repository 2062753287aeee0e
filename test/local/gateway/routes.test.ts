import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, type GatewayRoute, startGateway } from '../../../local/gateway/start-gateway.ts';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { type SentRequest, sendRequest } from './send-request.ts';

const handler = async (event: unknown) => event;
const route = (method: GatewayRoute['method'], path: string): GatewayRoute => ({
  method,
  path,
  functionName: 'echo',
  handler,
});

let issuer: Issuer;
let gateway: Gateway;
let authorization: string;
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startGateway({
    issuer: issuer.url,
    audience: issuer.audience,
    routes: [
      route('POST', '/things/{thing}/open'),
      route('POST', '/things/{thing}/{action}'),
      route('POST', '/things/all/open'),
      route('GET', '/things'),
    ],
  });
  authorization = `Bearer ${await issuer.sign({ sub: 'user_ada' })}`;
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

async function send(path: string, options: SentRequest = { headers: { authorization } }) {
  const { status, text } = await sendRequest(gateway.url + path, options);
  return { status, event: JSON.parse(text) };
}

describe('a route with variables', () => {
  test.each([
    ['/things/t1/open', 'POST /things/{thing}/open', { thing: 't1' }],
    ['/things/a%2Fb%20c/open', 'POST /things/{thing}/open', { thing: 'a/b c' }],
    ['/things/t1/close', 'POST /things/{thing}/{action}', { thing: 't1', action: 'close' }],
    ['/things/all/open', 'POST /things/all/open', undefined],
    ['/things/all/close', 'POST /things/{thing}/{action}', { thing: 'all', action: 'close' }],
  ])('matches %s with the route %s', async (path, routeKey, pathParameters) => {
    const { status, event } = await send(path);

    expect([status, event.routeKey, event.pathParameters]).toEqual([200, routeKey, pathParameters]);
    expect(event.requestContext.routeKey).toBe(routeKey);
  });

  test.each(['/things//open', '/things/t1/open/', '/things/t1', '/things/%E0%A4%A/open', '/Things/t1/open'])(
    'does not match %s',
    async (path) => {
      expect(await send(path)).toEqual({ status: 404, event: { message: 'Not Found' } });
    },
  );
});

test.each(['OPTIONS', 'PUT', 'HEAD'])(
  'a route does not match a request with another method: %s',
  async (method) => {
    const { status } = await sendRequest(`${gateway.url}/things`, { method, headers: { authorization } });

    expect(status).toBe(404);
  },
);

test('setRoutes replaces the routes', async () => {
  const other = await startGateway({
    issuer: issuer.url,
    audience: issuer.audience,
    routes: [route('GET', '/old')],
  });
  try {
    other.setRoutes([route('GET', '/new')]);

    expect(
      (await sendRequest(`${other.url}/old`, { method: 'GET', headers: { authorization } })).status,
    ).toBe(404);
    expect(
      (await sendRequest(`${other.url}/new`, { method: 'GET', headers: { authorization } })).status,
    ).toBe(200);
  } finally {
    await other.close();
  }
});
