import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../command-line/usage-error.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { forwardRequest } from '../scalekit/forward-request.ts';
import { withoutHopByHop } from '../scalekit/hop-by-hop-headers.ts';
import { PROXY_PREFIX } from '../scalekit/provider-proxy.ts';
import type { Exchange } from '../testing/fixture-schema.ts';
import { readFixtureBody } from '../testing/fixture-schema.ts';

export interface Recorder {
  /** The URL of the recorder. Tools must use it as `SCALEKIT_ENV_URL`. */
  readonly url: string;
  /**
   * Returns the requests to the provider and their responses, in the order of the requests.
   * @throws UsageError if a response was lost or cannot be read
   */
  exchanges(): Exchange[];
  close(): Promise<void>;
}

/**
 * True for requests to the provider. All other requests, for example for a token, are forwarded but not
 * recorded.
 */
const isForProvider = (target: string) => target.startsWith(`${PROXY_PREFIX}/`);

/**
 * Starts a reverse proxy on loopback in front of Scalekit. It stores the requests to the provider and the responses in
 * memory, without request headers.
 * @param upstreamUrl the URL of the real or the emulated Scalekit
 */
export async function startRecorder(upstreamUrl: string): Promise<Recorder> {
  const upstream = new URL(upstreamUrl);
  const slots: (Exchange | string)[] = [];

  const server = createServer(async (request, response) => {
    const target = request.url ?? '/';
    const isKept = isForProvider(target);
    const slot = isKept ? slots.push('lost') - 1 : -1;
    try {
      const sent = await buffer(request);
      const headers = headersOf(request, upstream.host, sent);
      const passed = { method: request.method, path: request.url, headers, body: sent };
      const answer = await forwardRequest(upstream, passed, response);
      const body = await buffer(answer);
      if (isKept) slots[slot] = exchangeOf(request, sent, answer, body);
      response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.rawHeaders));
      response.end(body);
    } catch {
      // If Scalekit sends no response, the caller must also get no response.
      response.destroy();
    }
  });
  const { url, close } = await listenOnLoopback(server, 0);

  return {
    url,
    close,
    exchanges() {
      return slots.map((slot, index) => {
        if (typeof slot !== 'string') return slot;
        throw new UsageError(`Response ${index + 1} of the provider is ${slot}. No fixture was written.`);
      });
    },
  };
}

function headersOf(request: IncomingMessage, host: string, body: Buffer): string[] {
  return [
    'Host',
    host,
    // Without `accept-encoding`, the response is not compressed. A compressed response could not be recorded.
    ...withoutHopByHop(request.rawHeaders, new Set(['host', 'accept-encoding'])),
    'Accept-Encoding',
    'identity',
    ...('transfer-encoding' in request.headers ? ['Content-Length', String(body.length)] : []),
  ];
}

function exchangeOf(
  request: IncomingMessage,
  sent: Buffer,
  answer: IncomingMessage,
  body: Buffer,
): Exchange | string {
  const [path = '/', query = ''] = (request.url ?? '').slice(PROXY_PREFIX.length).split(/\?(.*)/s);
  if ((answer.headers['content-encoding'] ?? 'identity') !== 'identity') return 'compressed';
  try {
    return {
      request: {
        method: request.method ?? 'GET',
        path,
        query: [...new URLSearchParams(query)],
        body: readFixtureBody(sent, request.headers['content-type']),
      },
      answer: {
        status: answer.statusCode ?? 0,
        headers: Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: readFixtureBody(body, answer.headers['content-type']),
      },
    };
  } catch {
    return 'not UTF-8';
  }
}
