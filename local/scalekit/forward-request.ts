import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';

/**
 * Forwards a request to another server. The path is not parsed as a URL, because parsing could change it.
 * @param response the response to the caller; if it closes, the forwarded request is aborted
 * @throws the error of the connection
 */
export function forwardRequest(
  server: URL,
  message: { method: string | undefined; path: string | undefined; headers: string[]; body: Buffer },
  response: ServerResponse,
): Promise<IncomingMessage> {
  const { body, ...options } = message;
  const send = server.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = send({
      ...options,
      // The agent would reuse a connection, which the server could close at the moment when the request is
      // sent.
      agent: false,
      hostname: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port,
    });
    response.once('close', () => sent.destroy());
    sent.once('response', resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}
