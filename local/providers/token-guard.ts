import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { type Listener, listenOnLoopback } from '../listen-on-loopback.ts';

export interface Refusal {
  status: number;
  body: unknown;
}

/** Turns a request into one that the emulator understands; `undefined` leaves it as it is. */
export type Rewrite = (
  method: string,
  url: string,
) => { method: string; url: string; form: string } | undefined;

interface GuardOptions {
  port: number;
  upstreamUrl: string;
  tokens: ReadonlySet<string>;
  refuse(token: string | undefined): Refusal;
  rewrite?: Rewrite;
}

/** Stands before an emulator because an emulator takes an unknown token for one of its users. */
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

function pass(request: IncomingMessage, response: ServerResponse, { upstreamUrl, rewrite }: GuardOptions) {
  const { method = 'GET', url = '/' } = request;
  const rewritten = rewrite?.(method, url);
  const upstream = forward(upstreamUrl, {
    method: rewritten?.method ?? method,
    path: rewritten?.url ?? url,
    headers: { ...request.headers, ...(rewritten && formHeaders(rewritten.form)) },
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  if (rewritten) upstream.end(rewritten.form);
  else request.pipe(upstream);
}

function formHeaders(form: string) {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
  };
}
