import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';

/**
 * Sends a request on to another server, with its path as it came: a URL object would normalise it.
 * @param response of the caller; when it closes, the request ends
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
      // A pooled socket can be closed by the server just as it is reused.
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
