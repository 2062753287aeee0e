interface HttpEventOptions {
  tool?: string;
  claims?: Record<string, unknown>;
  authorizer?: unknown;
  headers?: Record<string, string>;
  /** Strings are sent unchanged, and other values as JSON. If it is undefined, the event has no body. */
  body?: unknown;
  isBase64Encoded?: boolean;
}

/**
 * The event of an HTTP API with a JWT authorizer, with the fields that functions read.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpEvent(options: HttpEventOptions = {}): Record<string, unknown> {
  const { tool = 'some_tool', claims = { sub: 'user_ada' }, headers = {}, body } = options;
  const path = `/tools/${tool}`;
  return {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...headers },
    requestContext: {
      accountId: '123456789012',
      authorizer: 'authorizer' in options ? options.authorizer : { jwt: { claims, scopes: null } },
      http: {
        method: 'POST',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'local',
      },
      requestId: 'api-gateway-request',
      stage: '$default',
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    isBase64Encoded: options.isBase64Encoded ?? false,
  };
}
