import type { APIGatewayProxyEventHeaders } from 'aws-lambda';
import * as z from 'zod';
import { ToolError } from '../errors/tool-error.ts';
import type { Caller } from '../identity/identify.ts';
import { parseJson } from '../text/json.ts';
import { headerValue } from './headers.ts';

// All fields share this schema, because creating a schema takes longer than using it.
const text = z.string();
const maybeText = text.nullish();
const maybeTexts = z.custom<Readonly<APIGatewayProxyEventHeaders>>(holdsTexts).nullish();
const maybeClaims = z.custom<Readonly<Record<string, unknown>>>(isObject).nullish();

const Authorizer = z.object({
  jwt: z.object({ claims: maybeClaims }).nullish(),
  lambda: maybeClaims,
  iam: z.object({ userArn: text.min(1) }).nullish(),
});

/**
 * The fields of an HTTP API event, payload format 2.0, that we use.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const ApiGatewayEvent = z.object({
  version: z.literal('2.0'),
  /** The route's key: its method and path, such as `GET /tools`. */
  routeKey: maybeText,
  /** The path of the request. It may include the stage. */
  rawPath: maybeText,
  /** The decoded values of the variables in the route's path, such as `{connector}`. */
  pathParameters: maybeTexts,
  /** The query parameters. The values of a repeated key are joined with commas. */
  queryStringParameters: maybeTexts,
  requestContext: z.object({
    http: z.object({ method: text, path: text }),
    authorizer: Authorizer.nullish(),
  }),
  headers: maybeTexts,
  body: maybeText,
  isBase64Encoded: z.boolean().nullish(),
});
export type ApiGatewayEvent = z.output<typeof ApiGatewayEvent>;

// We check all values of an object in one function, because a schema for each value would be slower.
function holdsTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The caller that the API's authorizer verified, and the user that the header `x-identifier` names. */
export interface ApiGatewayCaller {
  caller: Caller;
  named: string | undefined;
}

/** @throws ToolError `unauthenticated` if no authorizer verified the caller, or if the header is repeated */
export function apiGatewayCaller({ requestContext, headers }: ApiGatewayEvent): ApiGatewayCaller {
  const named = headerValue(headers ?? {}, 'x-identifier');
  const { jwt, lambda, iam } = requestContext.authorizer ?? {};
  const claims = jwt?.claims ?? lambda;
  if (claims) return { caller: { kind: 'token', claims }, named };
  if (iam) return { caller: { kind: 'iam', principalArn: iam.userArn }, named };
  throw new ToolError('unauthenticated', {
    message: 'No authorizer verified the caller. The operator should put one before this route.',
  });
}

/**
 * Returns the object in a request's body. An empty body counts as an empty object.
 * @throws ToolError `invalid_input` for any other body
 */
export function apiGatewayInput(event: ApiGatewayEvent): object {
  const body = apiGatewayBody(event);
  return body.trim() === '' ? {} : parseObject(body);
}

function parseObject(body: string): object {
  const value = parseJson(body);
  if (value === undefined) throw notAnObject('the body is not JSON');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw notAnObject('the body is JSON, but not an object');
}

function notAnObject(issue: string): ToolError {
  return new ToolError('invalid_input', { details: [{ path: '', issue }] });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Returns the body of a request as text; empty if there is no body.
 * @throws ToolError `invalid_input` if it is not UTF-8
 */
export function apiGatewayBody({ body, isBase64Encoded }: ApiGatewayEvent): string {
  if (!body) return '';
  if (!isBase64Encoded) return body;
  try {
    return utf8.decode(Buffer.from(body, 'base64'));
  } catch (cause) {
    throw new ToolError('invalid_input', {
      details: [{ path: '', issue: 'the body is not UTF-8 text' }],
      cause,
    });
  }
}

/**
 * Returns the URL of the API as its caller sees it, including the stage or the path of a custom domain.
 * @param path the path of the request, relative to the URL of the API
 */
export function serverUrl({ headers, rawPath }: ApiGatewayEvent, path: string): string {
  const host = headerValue(headers ?? {}, 'host');
  const scheme = headerValue(headers ?? {}, 'x-forwarded-proto');
  const url = host && scheme ? URL.parse(`${scheme}://${host}${rawPath ?? path}`) : null;
  // We do not know the URL. As a relative URL, `/` means the host from which the client loads the document.
  if (!url?.pathname.endsWith(path)) return '/';
  return url.origin + url.pathname.slice(0, -path.length);
}
