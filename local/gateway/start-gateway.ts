import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { invokeFunction, type LocalFunction } from '../lambda/invoke-function.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { createFindRoute } from './find-route.ts';
import { type HttpAnswer, httpAnswer, messageAnswer } from './http-api-answer.ts';
import { httpApiEvent } from './http-api-event.ts';
import { createJwtAuthorizer } from './jwt-authorizer.ts';
import { readBody } from './read-body.ts';

/** An HTTP API gives up after 30 s; functions are deployed with less, so that they can still answer. */
const defaultTimeoutMs = 29_000;
const requestLimitBytes = 10 * 1024 * 1024;

export interface GatewayRoute extends LocalFunction {
  method: 'GET' | 'POST' | 'DELETE';
  /** With variables in braces, such as `/accounts/{connector}/authorize`. */
  path: string;
  /** Whether it has no authorizer; by default it has one. */
  isOpen?: boolean;
}

export interface GatewayOptions {
  port?: number;
  issuer: string;
  audience: string;
  /** Paths such as `/mcp`, whose URLs here are further audiences. */
  resources?: readonly string[];
  routes: readonly GatewayRoute[];
  timeoutMs?: number;
}

export interface Gateway {
  url: string;
  /** For which the tokens of callers may be. */
  audiences: readonly string[];
  /** From now on these are served; what is under way goes on with the one that it began with. */
  setRoutes(routes: readonly GatewayRoute[]): void;
  close(): Promise<void>;
}

/** A local API Gateway HTTP API with a JWT authorizer on every route that is not open. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const audiences = [options.audience];
  const authorize = createJwtAuthorizer({ issuer: options.issuer, audiences });
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  let findRoute = createFindRoute(options.routes);

  async function answerTo(request: IncomingMessage, requestId: string): Promise<HttpAnswer> {
    const url = requestUrl(request);
    const found = findRoute(request.method, url?.pathname);
    if (url === undefined || found === undefined) return messageAnswer(404, 'Not Found');
    const { route, pathParameters } = found;

    const admission = route.isOpen
      ? { claims: undefined }
      : await authorize(request.headersDistinct.authorization?.join(','));
    if ('refusal' in admission) return unauthorized(admission.refusal);

    const body = await readBody(request, requestLimitBytes);
    if (body === 'too large') return messageAnswer(413, 'Request Entity Too Large');

    const event = httpApiEvent({
      request,
      url,
      routeKey: `${route.method} ${route.path}`,
      pathParameters,
      claims: admission.claims,
      body,
      requestId,
      now: new Date(),
    });
    const invocation = await invokeFunction(route, event, { timeoutMs });
    if (invocation === 'timed out') return messageAnswer(503, 'Service Unavailable');
    const answer = invocation === 'failed' ? undefined : httpAnswer(invocation.answerJson);
    return answer ?? messageAnswer(500, 'Internal Server Error');
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const requestId = randomBytes(11).toString('base64');
    try {
      send(response, requestId, await answerTo(request, requestId));
    } catch (error) {
      // A client that went away takes its request with it; anything else is a header that HTTP does not allow.
      if (request.destroyed && !request.complete) return;
      console.error('The request cannot be answered:', error);
      send(response, requestId, messageAnswer(500, 'Internal Server Error'));
    }
  }

  const listener = await listenOnLoopback(
    createServer((request, response) => void serve(request, response)),
    options.port ?? 0,
  );
  for (const origin of [listener.url, listener.url.replace('127.0.0.1', 'localhost')])
    audiences.push(...(options.resources ?? []).map((path) => origin + path));
  return {
    url: listener.url,
    audiences,
    setRoutes: (routes) => {
      findRoute = createFindRoute(routes);
    },
    close: listener.close,
  };
}

function requestUrl(request: IncomingMessage): URL | undefined {
  // A path that begins with two slashes would otherwise be read as the name of a host.
  return URL.parse(`http://localhost${request.url ?? '/'}`) ?? undefined;
}

function unauthorized(reason: string): HttpAnswer {
  const description = reason.replaceAll(/[^ \w.,:-]/g, '');
  return messageAnswer(401, 'Unauthorized', {
    'www-authenticate': `Bearer error="invalid_token" error_description="${description}"`,
  });
}

function send(response: ServerResponse, requestId: string, answer: HttpAnswer) {
  response.writeHead(answer.statusCode, {
    ...answer.headers,
    'content-length': answer.body.length,
    'apigw-requestid': requestId,
  });
  response.end(answer.body);
}
