import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';

/**
 * Forwards a request to another server. The path stays unchanged; a URL object would normalise it.
 * @param response the caller's response; if it closes, the forwarded request ends
 * @throws the connection's error
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
      // A server can close a pooled socket just as it is reused.
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
