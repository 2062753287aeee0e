import type { APIGatewayProxyEventHeaders } from 'aws-lambda';
import * as z from 'zod';

// Each is made once, since a schema takes longer to make than to use.
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
 * What is used of an HTTP API event with payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const HttpEvent = z.object({
  version: z.literal('2.0'),
  /** The method and the path of the route, such as `GET /tools`. */
  routeKey: maybeText,
  /** With the stage, where that is a part of it. */
  rawPath: maybeText,
  /** The values of the route's variables, such as of `{connector}`, decoded. */
  pathParameters: maybeTexts,
  /** The values of a key that comes more than once have commas between them. */
  queryStringParameters: maybeTexts,
  requestContext: z.object({
    http: z.object({ method: text, path: text }),
    authorizer: Authorizer.nullish(),
  }),
  headers: maybeTexts,
  body: maybeText,
  isBase64Encoded: z.boolean().nullish(),
});
export type HttpEvent = z.output<typeof HttpEvent>;

// Looked at whole, since a schema that is run for each value takes longer.
function holdsTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
