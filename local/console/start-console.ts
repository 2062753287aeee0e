import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { lazily } from '../../lib/cache/lazily.ts';
import { readBody, requestUrl } from '../http-request.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import type { ToolReloader } from '../reload/tool-reloader.ts';
import { Router } from '../router.ts';
import type { Stack } from '../stack.ts';
import { buildConsolePage, type ConsolePage } from './build-page.ts';
import type { ConsoleErrorBody } from './console-api.ts';
import { changeStream } from './server/change-stream.ts';
import { type ConsoleRoute, consoleRoutes, type RouteRequest } from './server/console-routes.ts';
import { ConsoleError } from './server/read-request.ts';

const REQUEST_LIMIT_BYTES = 1024 * 1024;
// Allows only the page's own files. No other page may show this page in a frame.
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  address: Omit<RouteRequest, 'body'>,
) => void | Promise<void>;

export interface ConsoleOptions {
  port?: number;
  stack: Stack;
  /** Reloads changed tools; undefined if tools are not reloaded. */
  reloader?: ToolReloader;
}

export interface LocalConsole {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the console of a local stack for the developer's browser. The console can call tools for
 * any user, so this server accepts requests only from the console's own page.
 */
export async function startConsole({ port = 0, stack, reloader }: ConsoleOptions): Promise<LocalConsole> {
  // The page is built on the first request, because most developers do not open the console.
  const builtPage = lazily(buildConsolePage);
  const changes = changeStream(stack, reloader);
  const file = (contentType: string, name: keyof ConsolePage): Serve => {
    return async (_request, response) => send(response, 200, contentType, (await builtPage())[name]);
  };
  const router = new Router<Serve>([
    ['GET /', file('text/html', 'html')],
    ['GET /console.js', file('text/javascript', 'script')],
    ['GET /console.css', file('text/css', 'style')],
    ['GET /api/changes', (_request, response) => changes.add(response)],
    ...Object.entries(consoleRoutes(stack, reloader)).map(([key, route]) => [key, serveJson(route)] as const),
  ]);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => sendFailure(response, error));
  });
  const listener = await listenOnLoopback(server, port);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = requestUrl(request);
    const found = url && router.find(request.method, url.pathname);
    if (!found) throw new ConsoleError(404, 'There is nothing at this address.');
    const { target, pathParameters } = found;
    await target(request, response, { pathParameters, query: url.searchParams });
  }

  return {
    url: listener.url,
    async close() {
      changes.close();
      await listener.close();
    },
  };
}

function serveJson(route: ConsoleRoute): Serve {
  return async (request, response, address) => {
    const value = await route({ ...address, body: await readJson(request) });
    if (value === undefined) response.writeHead(204).end();
    else send(response, 200, 'application/json', JSON.stringify(value));
  };
}

/**
 * Reads a JSON body and requires the content type JSON. A form on a page of another website can send JSON as
 * text, but not with this content type.
 */
async function readJson(request: IncomingMessage): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'DELETE') return undefined;
  if (request.headers['content-type'] !== 'application/json')
    throw new ConsoleError(400, 'The body must be JSON, with the content type application/json.');
  const body = await readBody(request, REQUEST_LIMIT_BYTES);
  if (body === 'too large') throw new ConsoleError(413, 'The request is over 1 MB.');
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new ConsoleError(400, 'The body is not JSON.');
  }
}

function sendFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const known = error instanceof ConsoleError ? error : undefined;
  if (!known) console.error('A request of the console failed:', error);
  const refusal: ConsoleErrorBody = {
    message: known?.message ?? 'The console failed. See the terminal.',
    details: known?.details ?? [],
  };
  send(response, known?.status ?? 500, 'application/json', JSON.stringify(refusal));
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${contentType}; charset=utf-8`,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(body);
}
