import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../../local/gateway/start-gateway.ts';
import { type Issuer, startIssuer } from '../../../local/issuer/start-issuer.ts';
import { type SentRequest, sendRequest } from './send-request.ts';

const path = '/tools/echo';
const handler = async (event: unknown) => event;

let issuer: Issuer;
let gateway: Gateway;
let authorization: string;
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startGateway({
    issuer: issuer.url,
    audience: issuer.audience,
    routes: [
      { method: 'POST', path, functionName: 'echo', handler },
      { method: 'GET', path, functionName: 'echo', handler },
    ],
  });
  authorization = `Bearer ${await issuer.sign({ sub: 'user_ada' })}`;
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

function send(options: SentRequest & { path?: string }) {
  const headers = { authorization, ...options.headers };
  return sendRequest(`${gateway.url}${options.path ?? path}`, { ...options, headers });
}

describe('the event', () => {
  test('has the fields of payload format 2.0', async () => {
    const issuedAtSeconds = Math.floor(Date.now() / 1000);
    const token = await issuer.sign(
      { sub: 'user_ada', scope: 'a b', roles: ['x', 'y'], admin: true, org: { id: 7 }, iat: issuedAtSeconds },
      { expiresInSeconds: 600 },
    );
    const host = `localhost:${new URL(gateway.url).port}`;
    const { text } = await send({
      path: `${path}?tag=a%20b&tag=c&empty=`,
      headers: {
        authorization: token,
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'test/1',
        'X-Repeated': ['one', 'two'],
        cookie: 'a=1; b=2',
        host,
      },
      body: '{"city":"Göteborg"}',
    });
    expect(JSON.parse(text)).toEqual({
      version: '2.0',
      routeKey: 'POST /tools/echo',
      rawPath: '/tools/echo',
      rawQueryString: 'tag=a%20b&tag=c&empty=',
      cookies: ['a=1', 'b=2'],
      headers: {
        authorization: token,
        'content-length': '20',
        'content-type': 'application/json; charset=utf-8',
        host,
        'user-agent': 'test/1',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': new URL(gateway.url).port,
        'x-forwarded-proto': 'http',
        'x-repeated': 'one,two',
      },
      queryStringParameters: { tag: 'a b,c', empty: '' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'local',
        authorizer: {
          jwt: {
            claims: {
              iss: issuer.url,
              aud: issuer.audience,
              sub: 'user_ada',
              client_id: 'local-cli',
              iat: String(issuedAtSeconds),
              exp: String(issuedAtSeconds + 600),
              scope: 'a b',
              roles: '[x y]',
              admin: 'true',
              org: 'map[id:7]',
            },
            scopes: null,
          },
        },
        domainName: 'localhost',
        domainPrefix: 'localhost',
        http: {
          method: 'POST',
          path: '/tools/echo',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test/1',
        },
        requestId: expect.stringMatching(/^[\w+/]{15}=$/),
        routeKey: 'POST /tools/echo',
        stage: '$default',
        time: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"city":"Göteborg"}',
      isBase64Encoded: false,
    });
  });

  test('leaves out the body, query and cookies if they are empty', async () => {
    const event: unknown = JSON.parse((await send({ method: 'GET' })).text);
    expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false });
    for (const field of ['body', 'queryStringParameters', 'cookies']) expect(event).not.toHaveProperty(field);
  });

  test.each([
    ['text/plain', false],
    ['application/xml', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ])('encodes a body of type %s in Base64: %s', async (contentType, isBase64Encoded) => {
    const { text } = await send({ headers: { 'content-type': contentType }, body: 'a=1' });
    expect(JSON.parse(text)).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? 'YT0x' : 'a=1' });
  });

  test('contains a text that is not UTF-8 as Base64, without changing the bytes', async () => {
    const { text } = await send({
      headers: { 'content-type': 'application/json' },
      body: Buffer.from([0x22, 0xe9, 0x22]),
    });
    expect(JSON.parse(text)).toMatchObject({ isBase64Encoded: true, body: 'Iuki' });
  });
});
