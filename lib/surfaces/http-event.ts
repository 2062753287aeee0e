import type { APIGatewayProxyEventHeaders } from 'aws-lambda';
import * as z from 'zod';

// Made once, because making a schema takes longer than using it.
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
 * The fields that we use of an HTTP API event with payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const HttpEvent = z.object({
  version: z.literal('2.0'),
  /** The method and the path of the route, such as `GET /tools`. */
  routeKey: maybeText,
  /** The path, which may include the stage. */
  rawPath: maybeText,
  /** The decoded values of the route's variables, such as `{connector}`. */
  pathParameters: maybeTexts,
  /** The values of a repeated key are joined with commas. */
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

// Checked as a whole, because a schema for each value would be slower.
function holdsTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
