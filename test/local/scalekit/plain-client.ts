import { type IncomingHttpHeaders, request } from 'node:http';

export interface PlainRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/**
 * The result of a request without a library. If there was no response, `status` is undefined and `failure` contains
 * the reason.
 */
interface Outcome {
  status?: number | undefined;
  headers?: IncomingHttpHeaders;
  body: string;
  failure?: string;
}

/** Sends a request on a new connection. */
export function sendPlainly(
  url: string,
  { method = 'GET', headers = {}, body = '', signal }: PlainRequest = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const outcome: Outcome = { body: '' };
    const fail = (error: Error) =>
      resolve({ ...outcome, failure: 'code' in error ? String(error.code) : error.message });
    request(url, { method, headers, agent: false, ...(signal && { signal }) })
      .on('error', fail)
      .on('response', (response) => {
        outcome.status = response.statusCode;
        outcome.headers = response.headers;
        response
          .setEncoding('utf8')
          .on('data', (chunk) => {
            outcome.body += chunk;
          })
          .on('error', fail)
          .on('end', () => resolve(outcome));
      })
      .end(body);
  });
}
