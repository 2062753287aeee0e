import { ERROR_CODES } from '../errors/error-codes.ts';
import { ToolError } from '../errors/tool-error.ts';
import { errorCodes } from './error-schema.ts';

/**
 * The error responses that API Gateway sends itself, before a tool gets the call:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html
 */
const GATEWAY_ANSWERS: Readonly<Record<string, { when: string; message: string }>> = {
  401: { when: 'the token is missing or invalid', message: 'Unauthorized' },
  403: { when: 'the authorizer refuses the caller', message: 'Forbidden' },
  404: { when: 'there is no such tool, or not with this method', message: 'Not Found' },
  413: { when: 'the body is too large', message: 'Request Entity Too Large' },
  429: { when: 'there are too many calls', message: 'Too Many Requests' },
  500: { when: 'the function cannot start', message: 'Internal Server Error' },
  503: {
    when: 'the function did not answer in time, or cannot take the call',
    message: 'Service Unavailable',
  },
};

/** The statuses with a `retry-after` header. */
const STATUSES_WITH_RETRY_AFTER: ReadonlySet<string> = new Set(['429', '503']);

const EXAMPLE_REQUEST_ID = '8476a536-e9f4-11e8-9739-2dfe598c3fcd';
const ERROR = { $ref: '#/components/schemas/Error' };
const GATEWAY_MESSAGE = { $ref: '#/components/schemas/GatewayMessage' };

const componentName = (status: string) => `Error${status}`;

/**
 * Returns references to the responses with these HTTP statuses.
 * @param statuses by default every status that a tool may return
 */
export function errorResponseReferences(statuses: readonly string[] = allStatuses()) {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${componentName(status)}` }]),
  );
}

/**
 * Returns the responses with every HTTP status except 200. They include the errors of our functions, grouped by error
 * code, and the errors of API Gateway.
 */
export function errorResponses() {
  return Object.fromEntries(allStatuses().map((status) => [componentName(status), errorResponse(status)]));
}

function allStatuses(): string[] {
  const ours = errorCodes.map((code) => String(ERROR_CODES[code].status));
  return [...new Set([...ours, ...Object.keys(GATEWAY_ANSWERS)])].sort();
}

function errorResponse(status: string) {
  const codes = errorCodes.filter((code) => String(ERROR_CODES[code].status) === status);
  const gateway = GATEWAY_ANSWERS[status];
  const lines = [
    ...codes.map((code) => `- \`${code}\`: ${ERROR_CODES[code].message}`),
    ...(gateway ? [`- API Gateway's own \`message\`, if ${gateway.when}.`] : []),
  ];
  const schemas = [...(codes.length > 0 ? [ERROR] : []), ...(gateway ? [GATEWAY_MESSAGE] : [])];
  const [only] = schemas;
  return {
    description: lines.join('\n'),
    ...(codes.length > 0 && { headers: headersOf(status) }),
    content: {
      'application/json': {
        schema: schemas.length === 1 ? only : { anyOf: schemas },
        examples: {
          ...Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
          ...(gateway && { gateway: { value: { message: gateway.message } } }),
        },
      },
    },
  };
}

function headersOf(status: string) {
  return {
    'x-request-id': { $ref: '#/components/headers/RequestId' },
    ...(STATUSES_WITH_RETRY_AFTER.has(status) && {
      'retry-after': { $ref: '#/components/headers/RetryAfter' },
    }),
  };
}

function exampleOf(code: (typeof errorCodes)[number]) {
  return new ToolError(code).toBody(EXAMPLE_REQUEST_ID);
}
