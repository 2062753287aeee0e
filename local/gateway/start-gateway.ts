import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody, requestUrl } from '../http-request.ts';
import { invokeFunction, type LocalFunction } from '../lambda/invoke-function.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { Router } from '../router.ts';
import { type GatewayAnswer, gatewayAnswer, messageAnswer } from './http-api-answer.ts';
import { httpApiEvent } from './http-api-event.ts';
import { createJwtAuthorizer } from './jwt-authorizer.ts';

/**
 * An HTTP API waits at most 30 s for a function. A function must end earlier, so that its error reaches the
 * caller.
 */
const TIMEOUT_MS_DEFAULT = 29_000;
const REQUEST_LIMIT_BYTES = 10 * 1024 * 1024;

export interface GatewayRoute extends LocalFunction {
  method: 'GET' | 'POST' | 'DELETE';
  /** May contain variables, for example `/accounts/{connector}/authorize`. */
  path: string;
  /** True if the route has no authorizer; false by default. */
  isOpen?: boolean;
}

export interface GatewayOptions {
  port?: number;
  issuer: string;
  audience: string;
  /** Paths such as `/mcp`. Their URLs at this gateway are also valid audiences. */
  resources?: readonly string[];
  routes: readonly GatewayRoute[];
  timeoutMs?: number;
}

export interface Gateway {
  url: string;
  /** The audiences that the gateway accepts in a token. */
  audiences: readonly string[];
  /** Replaces the routes. A request in flight continues with its earlier route. */
  setRoutes(routes: readonly GatewayRoute[]): void;
  close(): Promise<void>;
}

/** Starts a local API Gateway with one HTTP API. Every route that is not open has a JWT authorizer. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const audiences = [options.audience];
  const authorize = createJwtAuthorizer({ issuer: options.issuer, audiences });
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS_DEFAULT;
  let router = routerOf(options.routes);

  async function answerTo(request: IncomingMessage, requestId: string): Promise<GatewayAnswer> {
    const url = requestUrl(request);
    const found = url && router.find(request.method, url.pathname);
    if (!found) return messageAnswer(404, 'Not Found');
    const { target: route, pathParameters } = found;

    const admission = route.isOpen
      ? { claims: undefined }
      : await authorize(request.headersDistinct.authorization?.join(','));
    if ('refusal' in admission) return unauthorized(admission.refusal);

    const body = await readBody(request, REQUEST_LIMIT_BYTES);
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
    const answer = invocation === 'failed' ? undefined : gatewayAnswer(invocation.answerJson);
    return answer ?? messageAnswer(500, 'Internal Server Error');
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const requestId = randomBytes(11).toString('base64');
    try {
      send(response, requestId, await answerTo(request, requestId));
    } catch (error) {
      // If the client has disconnected, no response can be sent. Any other error is caused by an invalid
      // response header.
      if (request.destroyed && !request.complete) return;
      console.error('The request failed:', error);
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
      router = routerOf(routes);
    },
    close: listener.close,
  };
}

function routerOf(routes: readonly GatewayRoute[]): Router<GatewayRoute> {
  return new Router(routes.map((route) => [`${route.method} ${route.path}`, route]));
}

function unauthorized(reason: string): GatewayAnswer {
  const description = reason.replaceAll(/[^ \w.,:-]/g, '');
  return messageAnswer(401, 'Unauthorized', {
    'www-authenticate': `Bearer error="invalid_token" error_description="${description}"`,
  });
}

function send(response: ServerResponse, requestId: string, answer: GatewayAnswer) {
  response.writeHead(answer.statusCode, {
    ...answer.headers,
    'content-length': answer.body.length,
    'apigw-requestid': requestId,
  });
  response.end(answer.body);
}
