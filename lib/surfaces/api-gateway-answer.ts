import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ToolError } from '../errors/tool-error.ts';

/** The response of a function to an HTTP API, in payload format 2.0. */
export interface ApiGatewayAnswer extends APIGatewayProxyStructuredResultV2 {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Returns a response for API Gateway. @param body the body as JSON text */
export function apiGatewayAnswer(
  statusCode: number,
  body: string,
  requestId: string | null,
  headers: Readonly<Record<string, string>> = {},
): ApiGatewayAnswer {
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...(requestId && { 'x-request-id': requestId }),
      ...headers,
    },
    body,
  };
}

/** Returns the response for an error. @param body the error, by default in the error format of the HTTP API */
export function apiGatewayErrorAnswer(
  error: ToolError,
  requestId: string | null,
  headers: Readonly<Record<string, string>> = {},
  body: object = error.toBody(requestId),
): ApiGatewayAnswer {
  const { retryAfterSeconds: seconds } = error;
  const retryAfter = seconds === null ? {} : { 'retry-after': String(seconds) };
  return apiGatewayAnswer(error.status, JSON.stringify(body), requestId, {
    ...retryAfter,
    ...headers,
  });
}
