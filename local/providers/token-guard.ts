import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parseJson } from '../../lib/text/json.ts';
import { type Listener, listenOnLoopback } from '../listen-on-loopback.ts';
import { describeMissingRoute, EMULATOR_HEADER, isUnknownRoute, reportsNoRoute } from './missing-route.ts';
import { providerCalls, publishCall } from './provider-calls.ts';

export interface TokenRefusal {
  status: number;
  body: unknown;
}

/**
 * Converts a request to a request that the emulator understands. Returns undefined if the request stays
 * unchanged.
 */
export type Rewrite = (
  method: string,
  url: string,
) => { method: string; url: string; form: string } | undefined;

interface GuardOptions {
  connector: string;
  port: number;
  upstreamUrl: string;
  tokens: ReadonlySet<string>;
  refuse(token: string | undefined): TokenRefusal;
  rewrite?: Rewrite;
}

/**
 * Checks the tokens of requests before the requests reach an emulator, because the emulator would accept an
 * unknown token as one of its users.
 */
export function startTokenGuard(options: GuardOptions): Promise<Listener> {
  return listenOnLoopback(
    createServer((request, response) => {
      const token = bearerToken(request);
      if (token !== undefined && options.tokens.has(token)) return pass(request, response, options);
      const { status, body } = options.refuse(token);
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    }),
    options.port,
  );
}

function bearerToken(request: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];
}

function pass(request: IncomingMessage, response: ServerResponse, options: GuardOptions) {
  const { upstreamUrl, rewrite } = options;
  const { method = 'GET', url = '/' } = request;
  const rewritten = rewrite?.(method, url);
  const publish = providerCalls.hasSubscribers ? publishAnswered(request, options.connector) : undefined;
  const upstream = forward(upstreamUrl, {
    method: rewritten?.method ?? method,
    path: rewritten?.url ?? url,
    headers: {
      ...request.headers,
      host: new URL(upstreamUrl).host,
      ...(rewritten && formHeaders(rewritten.form)),
    },
  });
  upstream.on('response', (answer) => {
    publish?.(answer);
    const missingRoute = describeMissingRoute(options.connector, method, url);
    passOn(answer, response, missingRoute).catch(() => response.destroy());
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  if (rewritten) upstream.end(rewritten.form);
  else request.pipe(upstream);
}

/** Passes a response on to the client. If the emulator lacks the route, adds a header that names the route. */
async function passOn(
  answer: IncomingMessage,
  response: ServerResponse,
  missingRoute: string,
): Promise<void> {
  const { statusCode = 502, headers } = answer;
  // A 404 without the header is read completely, because its body shows whether the route is missing. All
  // other responses are passed on while they arrive.
  const body = statusCode === 404 && !(EMULATOR_HEADER in headers) ? await buffer(answer) : undefined;
  const isMissing =
    reportsNoRoute(headers) || (body !== undefined && isUnknownRoute(parseJson(body.toString())));
  response.writeHead(statusCode, isMissing ? { ...headers, [EMULATOR_HEADER]: missingRoute } : headers);
  if (body) response.end(body);
  else pipeline(answer, response, () => undefined);
}

/** Publishes a call when its response ends, without delaying the response. */
function publishAnswered(request: IncomingMessage, connector: string): (answer: IncomingMessage) => void {
  const { method = 'GET', url: path = '/', headers } = request;
  const body = readAlong(request);
  return (answer) => {
    const answered = readAlong(answer);
    answer.once('end', () => {
      const response = { status: answer.statusCode ?? 502, body: answered() };
      publishCall({ connector, method, path, headers, body: body(), response });
    });
  };
}

function readAlong(stream: IncomingMessage): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

function formHeaders(form: string) {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
  };
}
