import type {
  APIGatewayEventRequestContextIAMAuthorizer,
  APIGatewayEventRequestContextJWTAuthorizer,
  APIGatewayEventRequestContextLambdaAuthorizer,
  APIGatewayEventRequestContextV2WithAuthorizer,
  APIGatewayProxyEventV2WithRequestContext,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod';
import { ToolError } from '../../../lib/errors/tool-error.ts';
import { apiGatewaySurface } from '../../../lib/surfaces/api-gateway.ts';
import type { ApiGatewayAnswer } from '../../../lib/surfaces/api-gateway-answer.ts';
import type { ApiGatewayEvent } from '../../../lib/surfaces/api-gateway-event.ts';
import { readThing } from '../../support/acme.ts';

const context = { awsRequestId: 'request-1' };
const http = { method: 'POST', path: '/tools/gmail_list_unread' };
const claims = { sub: 'user_1', scope: '[a b]' };
const event = {
  version: '2.0',
  routeKey: 'POST /tools/gmail_list_unread',
  headers: { 'content-type': 'application/json' },
  requestContext: { http, authorizer: { jwt: { claims, scopes: null } } },
  body: '{}',
  isBase64Encoded: false,
};

function receive(rawEvent: unknown, invocation = context) {
  const call = apiGatewaySurface.receive(rawEvent, invocation, readThing);
  if (!call) throw new Error('The surface did not recognise the event.');
  return call;
}

function withAuthorizer(authorizer: unknown, headers: Record<string, string> = {}) {
  return { ...event, headers, requestContext: { http, authorizer } };
}

function base64(bytes: string | Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

type Declared<Authorizer> = Omit<
  APIGatewayProxyEventV2WithRequestContext<APIGatewayEventRequestContextV2WithAuthorizer<Authorizer>>,
  // In the types of aws-lambda, the version can be any text.
  'version'
> & { version: '2.0' };

test('our types of events and responses match the types of aws-lambda', () => {
  expectTypeOf<
    | Declared<APIGatewayEventRequestContextJWTAuthorizer>
    | Declared<APIGatewayEventRequestContextLambdaAuthorizer<Record<string, unknown>>>
    | Declared<APIGatewayEventRequestContextIAMAuthorizer>
  >().toExtend<z.input<typeof ApiGatewayEvent>>();
  expectTypeOf<ApiGatewayAnswer>().toExtend<APIGatewayProxyStructuredResultV2>();
});

describe('the HTTP API surface', () => {
  test.each<[string, unknown]>([
    ['a complete event', event],
    ['an event without a body', { ...event, body: undefined }],
    ['an event without headers', { ...event, headers: undefined }],
    ['an event without an authorizer', { ...event, requestContext: { http } }],
    ['an event without isBase64Encoded', { ...event, isBase64Encoded: undefined }],
    ['an event with an unreadable body', { ...event, body: '[' }],
  ])('recognises %s', (_, rawEvent) => {
    expect(apiGatewaySurface.receive(rawEvent, context, readThing)).toBeDefined();
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a text', '2.0'],
    ['an empty object', {}],
    ['payload format 1.0', { ...event, version: '1.0' }],
    ['a version as a number', { ...event, version: 2 }],
    ['no request context', { version: '2.0' }],
    ['a request context without http', { ...event, requestContext: {} }],
    ['a request context without a method', { ...event, requestContext: { http: { path: '/' } } }],
    ['a body that is not a text', { ...event, body: {} }],
    ['a direct invocation', { tool: 'gmail_list_unread', identifier: 'user_1', input: {} }],
    ['a Bedrock event', { messageVersion: '1.0', function: 'gmail_list_unread', parameters: [] }],
    ['an AgentCore input with some of the keys', { version: '2.0', body: '{}', max_results: 5 }],
  ])('ignores %s', (_, rawEvent) => {
    expect(apiGatewaySurface.receive(rawEvent, context, readThing)).toBeUndefined();
  });
});

describe('the caller', () => {
  test.each<[string, unknown, unknown]>([
    ['a JWT authorizer', { jwt: { claims, scopes: null } }, { kind: 'token', claims }],
    ['a Lambda authorizer', { lambda: { sub: 'user_1' } }, { kind: 'token', claims: { sub: 'user_1' } }],
    [
      'IAM',
      { iam: { userArn: 'arn:aws:iam::123456789012:user/x', accessKey: 'x' } },
      { kind: 'iam', principalArn: 'arn:aws:iam::123456789012:user/x' },
    ],
  ])('is read from %s', (_, authorizer, caller) => {
    expect(receive(withAuthorizer(authorizer)).caller()).toEqual({ caller, named: undefined });
  });

  test.each(['x-identifier', 'X-Identifier', 'X-IDENTIFIER'])('may name a user in the header %s', (name) => {
    // Act
    const caller = receive(withAuthorizer({ jwt: { claims } }, { [name]: ' user_2' })).caller();

    // Assess
    expect(caller).toEqual({ caller: { kind: 'token', claims }, named: ' user_2' });
  });

  test.each<[string, unknown]>([
    ['no authorizer', undefined],
    ['an empty authorizer', {}],
    ['a Lambda authorizer without a result', { lambda: null }],
  ])('is rejected with %s, whatever the headers contain', (_, authorizer) => {
    // Prepare
    const call = receive(withAuthorizer(authorizer, { 'x-identifier': 'user_2', authorization: 'Bearer x' }));

    // Assess
    expect(() => call.caller()).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
  });

  test.each([
    ['two users', 'user_2', 'user_3'],
    ['the same user twice', 'user_2', 'user_2'],
  ])('is rejected if two headers name %s', (_, one, other) => {
    // Prepare
    const call = receive(withAuthorizer({ jwt: { claims } }, { 'x-identifier': one, 'X-Identifier': other }));

    // Assess
    expect(() => call.caller()).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
  });
});

describe('the input', () => {
  test.each<[string, unknown, unknown]>([
    ['an object', { body: '{"a":"ü"}' }, { a: 'ü' }],
    ['an object with space around it', { body: '\n {"a":1} ' }, { a: 1 }],
    ['no body', { body: undefined }, {}],
    ['a null body', { body: null }, {}],
    ['an empty body', { body: '' }, {}],
    ['a body of white space', { body: ' \r\n\t' }, {}],
    ['base64', { body: base64('{"a":"ü"}'), isBase64Encoded: true }, { a: 'ü' }],
    ['an empty body as base64', { body: '', isBase64Encoded: true }, {}],
    ['white space as base64', { body: base64(' \n'), isBase64Encoded: true }, {}],
  ])('is read from %s', (_, part, input) => {
    expect(receive({ ...event, ...Object(part) }).input()).toEqual(input);
  });

  test.each<[string, unknown]>([
    ['not JSON', { body: '{"a":' }],
    ['a form', { body: 'a=1&b=2' }],
    ['an array', { body: '[{}]' }],
    ['null', { body: 'null' }],
    ['a text', { body: '"{}"' }],
    ['a number', { body: '7' }],
    ['base64 without isBase64Encoded', { body: base64('{}') }],
    [
      'bytes that are not UTF-8',
      { body: base64(Buffer.from('{"a":"\xff"}', 'latin1')), isBase64Encoded: true },
    ],
    ['base64 of a text that is not JSON', { body: base64('a=1'), isBase64Encoded: true }],
    ['base64 of an array', { body: base64('[]'), isBase64Encoded: true }],
    ['plain JSON with isBase64Encoded', { body: '{"a":1}', isBase64Encoded: true }],
  ])('is rejected if it is %s', (_, part) => {
    // Prepare
    const call = receive({ ...event, ...Object(part) });

    // Assess
    expect(() => call.input()).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        details: [{ path: '', issue: expect.stringMatching(/^the body is /) }],
      }),
    );
  });
});

describe('the response', () => {
  test('is the output if the call succeeded', () => {
    // Act
    const answer = receive(event).answer({ count: 0, messages: ['ü'] });

    // Assess
    expect(answer).toStrictEqual({
      statusCode: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-request-id': 'request-1',
      },
      body: '{"count":0,"messages":["ü"]}',
    });
  });

  test('is the error with its status if the call failed', () => {
    // Prepare
    const error = new ToolError('not_found', { cause: new Error('raw body') });

    // Act
    const answer = receive(event).answerError(error);

    // Assess
    expect(answer).toStrictEqual({
      statusCode: 404,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-request-id': 'request-1',
      },
      body: JSON.stringify({
        error: {
          code: 'not_found',
          message: error.message,
          retryable: false,
          retry_after_seconds: null,
          authorization_url: null,
          account_status: null,
          details: [],
          request_id: 'request-1',
        },
      }),
    });
  });

  test('has a retry-after header if the call was rate-limited', () => {
    // Act
    const answer = receive(event).answerError(new ToolError('rate_limited', { retryAfterSeconds: 30 }));

    // Assess
    expect(answer).toMatchObject({
      statusCode: 429,
      headers: { 'retry-after': '30', 'x-request-id': 'request-1' },
    });
  });

  test('has no retry-after header if the wait of a rate limit is unknown', () => {
    // Act
    const answer = receive(event).answerError(new ToolError('rate_limited'));

    // Assess
    expect(answer).not.toHaveProperty(['headers', 'retry-after'], expect.not.stringMatching(/^\d+$/));
  });

  test.each([
    ['30', 30],
    [undefined, undefined],
  ])(
    'has the header retry-after %s after a temporary failure if the wait is %s',
    (header, retryAfterSeconds) => {
      // Act
      const answer = receive(event).answerError(new ToolError('provider_unavailable', { retryAfterSeconds }));

      // Assess
      expect(answer).toHaveProperty('headers');
      expect(Reflect.get(Object(Reflect.get(Object(answer), 'headers')), 'retry-after')).toBe(header);
    },
  );
});
