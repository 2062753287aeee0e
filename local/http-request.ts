import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/**
 * A listener for requests that survives a failing request. If the client has closed the connection, nobody is answered;
 * any other error is printed and answered with 500.
 */
export function requestListener(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): RequestListener {
  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return void response.destroy();
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

/** The URL of a request to a local server; undefined if it is not valid. */
export function requestUrl(request: IncomingMessage): URL | undefined {
  // Without a host, a path that starts with two slashes would be read as a host.
  return URL.parse(`http://localhost${request.url ?? '/'}`) ?? undefined;
}

/**
 * Reads a body. It reads to the end even if the body is too large, because a client that is still sending would not
 * read an early response.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    lengthBytes += bytes.length;
    if (lengthBytes <= limitBytes) chunks.push(bytes);
  }
  return lengthBytes > limitBytes ? 'too large' : Buffer.concat(chunks);
}
