import type { IncomingMessage } from 'node:http';

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
