import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/**
 * Creates a request listener. An error in one request does not end the process: the listener prints it and
 * responds with 500. If the client has closed the connection, the listener does nothing.
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
  // The host is added before parsing, because the parser reads the start of a path such as `//name` as a
  // host.
  return URL.parse(`http://localhost${request.url ?? '/'}`) ?? undefined;
}

/**
 * Reads a body. A body that is too large is also read to its end, because a client does not read a response
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
