import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { withoutHopByHop } from '../scalekit/hop-by-hop-headers.ts';
import { PROXY_PREFIX } from '../scalekit/provider-proxy.ts';
import { type Finding, FixtureRefusedError } from './fixture-refused.ts';
import type { Exchange } from './fixture-schema.ts';
import { keptHeaders } from './kept-headers.ts';
import { readBody } from './read-body.ts';

export interface Recorder {
  /** In place of `SCALEKIT_ENV_URL`. */
  readonly url: string;
  /**
   * What went through the proxy so far, in the order of the requests.
   * @throws FixtureRefusedError where an answer was lost or cannot be kept
   */
  exchanges(): Exchange[];
  close(): Promise<void>;
}

/** Tells apart what is for the provider; the rest, such as the token, passes and is not looked at. */
const isForProvider = (target: string) => target.startsWith(`${PROXY_PREFIX}/`);

/**
 * Starts a reverse proxy on loopback in front of Scalekit, which keeps the requests to the provider and its answers:
 * no header of a request, and of an answer those of `keptHeaders`.
 * @param upstreamUrl the Scalekit environment, or the emulated one
 */
export async function startRecorder(upstreamUrl: string): Promise<Recorder> {
  const upstream = new URL(upstreamUrl);
  const slots: (Exchange | string)[] = [];

  const server = createServer(async (request, response) => {
    const target = request.url ?? '/';
    const isKept = isForProvider(target);
    const slot = isKept ? slots.push('a lost answer') - 1 : -1;
    try {
      const sent = await buffer(request);
      const answer = await forward(upstream, request, response, sent, isKept);
      const body = await buffer(answer);
      if (isKept) slots[slot] = exchangeOf(request, sent, answer, body);
      response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.rawHeaders));
      response.end(body);
    } catch {
      // As lost for the caller as it is here.
      response.destroy();
    }
  });
  const { url, close } = await listenOnLoopback(server, 0);

  return {
    url,
    close,
    exchanges() {
      const findings: Finding[] = slots.flatMap((slot, index) =>
        typeof slot === 'string' ? [{ kind: slot, place: `exchanges[${index}]` }] : [],
      );
      if (findings.length > 0) throw new FixtureRefusedError(findings);
      return slots.flatMap((slot) => (typeof slot === 'string' ? [] : [slot]));
    },
  };
}

function forward(
  upstream: URL,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  isKept: boolean,
): Promise<IncomingMessage> {
  // What is kept has to be readable.
  const dropped = new Set(['host', ...(isKept ? ['accept-encoding'] : [])]);
  const send = upstream.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const passed = send({
      agent: false,
      hostname: upstream.hostname.replace(/^\[|\]$/g, ''),
      port: upstream.port,
      method: request.method,
      path: request.url,
      headers: [
        'Host',
        upstream.host,
        ...withoutHopByHop(request.rawHeaders, dropped),
        ...(isKept ? ['Accept-Encoding', 'identity'] : []),
        ...('transfer-encoding' in request.headers ? ['Content-Length', String(body.length)] : []),
      ],
    });
    response.once('close', () => passed.destroy());
    passed.once('response', resolve);
    passed.on('error', reject);
    passed.end(body);
  });
}

function exchangeOf(
  request: IncomingMessage,
  sent: Buffer,
  answer: IncomingMessage,
  body: Buffer,
): Exchange | string {
  const [path = '/', query = ''] = (request.url ?? '').slice(PROXY_PREFIX.length).split(/\?(.*)/s);
  if ((answer.headers['content-encoding'] ?? 'identity') !== 'identity') return 'a compressed answer';
  try {
    return {
      request: {
        method: request.method ?? 'GET',
        path,
        query: [...new URLSearchParams(query)],
        body: readBody(sent, request.headers['content-type']),
      },
      answer: {
        status: answer.statusCode ?? 0,
        headers: keptHeaders(answer.headers),
        body: readBody(body, answer.headers['content-type']),
      },
    };
  } catch {
    return 'a body that is no text';
  }
}
