import { createServer, type IncomingMessage, request as requestHttp } from 'node:http';
import { duplexPair } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type HttpExchange, sendFailure } from './http-exchange.ts';

interface WithheldAnswer {
  readonly status: number;
  readonly rawHeaders: string[];
  readonly body: Buffer;
}

/**
 * Serves a request completely, but does not send the response to the caller. If the caller's connection closes, the
 * request is aborted.
 */
export async function withholdAnswer(
  exchange: HttpExchange,
  serve: (exchange: HttpExchange) => Promise<void>,
): Promise<WithheldAnswer> {
  const { request, response, target } = exchange;
  const requestBody = await buffer(request);
  // Serving a request requires a connection, so this function creates a connection that exists only in
  // memory.
  const [near, far] = duplexPair();
  const server = createServer((innerRequest, innerResponse) => {
    serve({ ...exchange, request: innerRequest, response: innerResponse }).catch((reason: unknown) =>
      sendFailure(innerResponse, reason),
    );
  });
  server.emit('connection', far);
  const inner = requestHttp({
    createConnection: () => near,
    method: request.method,
    path: target,
    headers: request.rawHeaders,
  });
  response.once('close', () => {
    near.destroy();
    far.destroy();
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    inner.once('response', resolve).on('error', reject).end(requestBody);
  });
  return { status: answer.statusCode ?? 500, rawHeaders: answer.rawHeaders, body: await buffer(answer) };
}
