import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { lazily } from '../../lib/cache/lazily.ts';
import { readBody } from '../gateway/read-body.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import type { ToolReloader } from '../reload/tool-reloader.ts';
import type { Stack } from '../stack.ts';
import { buildConsolePage, type ConsolePage } from './build-page.ts';
import { changeStream } from './change-stream.ts';
import type { Refusal } from './console-api.ts';
import { ConsoleError } from './console-error.ts';
import { consoleRoutes, type Route } from './console-routes.ts';

const REQUEST_LIMIT_BYTES = 1024 * 1024;
// Nothing from elsewhere, nothing that runs but the page's own file, and in no frame.
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface ConsoleOptions {
  port?: number;
  stack: Stack;
  /** Takes up changed tools; undefined where nothing does. */
  reloader?: ToolReloader;
}

export interface LocalConsole {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the console of a local stack, for the browser of the person who runs it. It calls tools as any user, so only its
 * own page may ask it.
 */
export async function startConsole({ port = 0, stack, reloader }: ConsoleOptions): Promise<LocalConsole> {
  const routes = consoleRoutes(stack, reloader);
  // When it is first asked for, since most who start the stack do not look.
  const builtPage = lazily(buildConsolePage);
  const changes = changeStream(stack, reloader);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => sendFailure(response, error));
  });
  const listener = await listenOnLoopback(server, port);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname = '', searchParams: query = new URLSearchParams() } =
      URL.parse(`http://localhost${request.url ?? '/'}`) ?? {};
    if (request.method === 'GET' && pathname === '/api/changes') return changes.add(response);
    if (request.method === 'GET' && !pathname.startsWith('/api/'))
      return sendPage(response, pathname, await builtPage());
    const { route, id } = findRoute(routes, `${request.method} ${pathname}`);
    const value = await route({ id, query, body: await readJson(request) });
    if (value === undefined) response.writeHead(204).end();
    else send(response, 200, 'application/json', JSON.stringify(value));
  }

  return {
    url: listener.url,
    async close() {
      changes.close();
      await listener.close();
    },
  };
}

function findRoute(routes: Readonly<Record<string, Route>>, name: string): { route: Route; id: string } {
  const [, parent = '', last = ''] = /^(.*)\/([^/]+)$/.exec(name) ?? [];
  const exact = Object.hasOwn(routes, name) ? routes[name] : undefined;
  const route = exact ?? (Object.hasOwn(routes, `${parent}/*`) ? routes[`${parent}/*`] : undefined);
  if (!route) throw new ConsoleError(404, 'There is nothing at this address.');
  return { route, id: exact ? '' : last };
}

/** A form of another page could send a text, but no JSON by its type. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'DELETE') return undefined;
  if (request.headers['content-type'] !== 'application/json')
    throw new ConsoleError(400, 'The body must be JSON, and say so.');
  const body = await readBody(request, REQUEST_LIMIT_BYTES);
  if (body === 'too large') throw new ConsoleError(413, 'The request is over 1 MB.');
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new ConsoleError(400, 'The body is not JSON.');
  }
}

function sendPage(response: ServerResponse, pathname: string, page: ConsolePage): void {
  const { html, script, style } = page;
  const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
    '/': ['text/html', html],
    '/console.js': ['text/javascript', script],
    '/console.css': ['text/css', style],
  };
  const file = Object.hasOwn(files, pathname) ? files[pathname] : undefined;
  if (!file) throw new ConsoleError(404, 'There is nothing at this address.');
  send(response, 200, ...file);
}

function sendFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const known = error instanceof ConsoleError ? error : undefined;
  if (!known) console.error('The console cannot answer:', error);
  const refusal: Refusal = {
    message: known?.message ?? 'The console failed; see the terminal.',
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
