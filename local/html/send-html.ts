import type { ServerResponse } from 'node:http';

/**
 * Answers with a page that runs no script, is in no frame and is kept nowhere.
 * @param referrerPolicy `same-origin` for a page whose form tells by its origin that it was sent from there
 */
export function sendHtml(
  response: ServerResponse,
  status: number,
  html: string,
  referrerPolicy: 'no-referrer' | 'same-origin' = 'no-referrer',
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': referrerPolicy,
    'cache-control': 'no-store',
  });
  response.end(html);
}
