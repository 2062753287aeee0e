import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from 'aws-lambda';
import type { JWTPayload } from 'jose';

const ACCOUNT_ID = '123456789012';
const API_ID = 'local';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Headers of the connection, which API Gateway does not pass on. Cookies have a separate field in the event. */
const WITHHELD_HEADERS = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'cookie',
]);
const TEXT_CONTENT_TYPE = /^(text\/.+|application\/(json|javascript|xml))$/;

export interface HttpApiRequest {
  request: IncomingMessage;
  url: URL;
  routeKey: string;
  /** The values of the variables in the route's path. */
  pathParameters: Record<string, string>;
  /** Undefined if the route has no authorizer. */
  claims: JWTPayload | undefined;
  body: Buffer;
  requestId: string;
  now: Date;
}

/** The fields of the authorizer's context that we need. `scopes` is null if the route requires no scope. */
type RequestContext = APIGatewayEventRequestContextV2 & {
  authorizer?: { jwt: { claims: Record<string, string>; scopes: string[] | null } };
};

/** Creates the event in payload format 2.0. */
export function httpApiEvent(
  incoming: HttpApiRequest,
): APIGatewayProxyEventV2WithRequestContext<RequestContext> {
  const { request, url, routeKey, pathParameters, claims, body, now } = incoming;
  const cookies = (request.headersDistinct.cookie ?? []).flatMap((header) => header.split(/;\s*/));
  const query = queryParameters(url);
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies.length > 0 && { cookies }),
    headers: eventHeaders(incoming),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: API_ID,
      ...(claims && { authorizer: { jwt: { claims: claimsAsText(claims), scopes: null } } }),
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method: request.method ?? '',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: incoming.requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText(incoming) ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText(incoming),
  };
}

function eventHeaders({ request, body, now }: HttpApiRequest): Record<string, string> {
  const own = Object.entries(request.headersDistinct)
    .filter(([name]) => !WITHHELD_HEADERS.has(name))
    .map(([name, values]) => [name, (values ?? []).join(',')]);
  const traceTime = Math.floor(now.getTime() / 1000).toString(16);
  return {
    ...Object.fromEntries(own),
    'content-length': String(body.length),
    'x-amzn-trace-id': `Root=1-${traceTime}-${randomBytes(12).toString('hex')}`,
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-port': String(request.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
}

function queryParameters(url: URL): Record<string, string> {
  const names = [...new Set(url.searchParams.keys())];
  return Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name).join(',')]));
}

function claimsAsText(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));
}

/**
 * Returns true if the event contains the body as text, and false if it contains the body in Base64. A body that is
 * not valid UTF-8 is in Base64. In a text, its invalid bytes would be lost, and the function could not reject them.
 */
function isText({ request, body }: HttpApiRequest): boolean {
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return mediaType !== undefined && TEXT_CONTENT_TYPE.test(mediaType) && isUtf8(body);
}

function commonLogTime(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

/** API Gateway sends every claim as text. A list or an object is written as in Go: `[a b]` or `map[k:v]`. */
function claimText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `map[${pairs.map(([name, item]) => `${name}:${claimText(item)}`).join(' ')}]`;
  }
  return String(value);
}
