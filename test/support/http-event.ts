import { randomUUID } from 'node:crypto';
import * as z from 'zod';

interface HttpEventOptions {
  claims?: Record<string, unknown>;
  authorizer?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is when it is a string, as JSON otherwise; absent when undefined. */
  body?: unknown;
  isBase64Encoded?: boolean;
}

/** An event as an HTTP API with a JWT authorizer sends it; only what the handlers read, and a little more. */
export function httpEvent(options: HttpEventOptions = {}): Record<string, unknown> {
  const { claims = { sub: 'user_ada' }, headers = {}, body, isBase64Encoded = false } = options;
  return {
    version: '2.0',
    routeKey: 'POST /tools/some_tool',
    rawPath: '/tools/some_tool',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...headers },
    requestContext: {
      accountId: '123456789012',
      authorizer: 'authorizer' in options ? options.authorizer : { jwt: { claims, scopes: null } },
      http: {
        method: 'POST',
        path: '/tools/some_tool',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: 'api-gateway-request',
      stage: '$default',
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded,
  };
}

export function lambdaContext(remainingMs = 10_000) {
  const endsAtMs = performance.now() + remainingMs;
  return {
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - performance.now()),
  };
}

const HttpAnswer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

export const ErrorAnswer = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    retryable: z.boolean(),
    retry_after_seconds: z.number().nullable(),
    authorization_url: z.string().nullable(),
    account_status: z.string().nullable(),
    details: z.array(z.strictObject({ path: z.string(), issue: z.string() })),
    request_id: z.string().nullable(),
  }),
});

/** What a handler answered on the HTTP surface; `error` is undefined for a success. */
export function readHttpAnswer(answer: unknown) {
  const { statusCode, headers, body } = HttpAnswer.parse(answer);
  const json: unknown = JSON.parse(body);
  return { status: statusCode, headers, body, json, error: ErrorAnswer.safeParse(json).data?.error };
}
