import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/**
 * Creates a request listener that survives a failing request. If the client has closed the connection, it sends no
 * response. It prints any other error and responds with 500.
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

/** Returns the URL of a request to a local server; undefined if the URL is not valid. */
export function requestUrl(request: IncomingMessage): URL | undefined {
  // Without this host, the parser would take the start of a path such as `//name` for a host.
  return URL.parse(`http://localhost${request.url ?? '/'}`) ?? undefined;
}

/**
 * Reads a body. If the body is too large, it still reads to the end, because a client does not read an early response
 * while it is sending.
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
