import * as z from 'zod';

const Authorizer = z.object({
  jwt: z.object({ claims: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  lambda: z.record(z.string(), z.unknown()).nullish(),
  iam: z.object({ userArn: z.string().min(1) }).nullish(),
});

/**
 * What is used of an HTTP API event with payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const HttpEvent = z.object({
  version: z.literal('2.0'),
  /** The method and the path of the route, such as `GET /tools`. */
  routeKey: z.string().nullish(),
  /** With the stage, where that is a part of it. */
  rawPath: z.string().nullish(),
  /** The values of the route's variables, such as of `{connector}`, decoded. */
  pathParameters: z.record(z.string(), z.string()).nullish(),
  /** The values of a key that comes more than once have commas between them. */
  queryStringParameters: z.record(z.string(), z.string()).nullish(),
  requestContext: z.object({
    http: z.object({ method: z.string(), path: z.string() }),
    authorizer: Authorizer.nullish(),
  }),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});
export type HttpEvent = z.output<typeof HttpEvent>;
