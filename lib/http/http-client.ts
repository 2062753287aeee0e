import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ConnectionPool } from './connection-pool.ts';
import { decodeBody } from './decode-body.ts';
import { TransportError } from './transport-error.ts';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
const RESPONSE_BYTES_MAX = 5 * 1024 * 1024;

export interface HttpRequest {
  method: string;
  /** With the query, encoded. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case; a repeated header is joined with `, `. */
  headers: Readonly<Record<string, string>>;
  /** The text that came; empty where a refusal's cannot be read. */
  body: string;
}

export interface Limits {
  signal: AbortSignal;
  /** For the whole of the answer. */
  timeoutMs: number;
  /** Called when a connection is there, before the request goes out on it. */
  onConnection?: () => void;
}

/**
 * Sends requests to one host. Every status is an answer, and no redirect is followed: what they mean is decided elsewhere.
 *
 * It is Node.js' own client, since what lies above it costs more than all the rest of a function: axios loads `fetch` and
 * HTTP/2, and `fetch` itself takes more memory and time than all of this.
 */
export class HttpClient {
  readonly connections = new ConnectionPool();
  readonly #origin: { protocol: string; hostname: string; port: string };
  readonly #host: string;
  readonly #isTls: boolean;

  /** @param url of the host, such as `https://acme.scalekit.com` */
  constructor(url: string) {
    const { protocol, host, hostname, port } = new URL(url);
    this.#host = host;
    // An address of IPv6 stands in brackets in a URL alone.
    this.#origin = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port };
    this.#isTls = protocol === 'https:';
  }

  /** @throws TransportError where there is no answer, or it cannot be read */
  async send(request: HttpRequest, limits: Limits): Promise<HttpAnswer> {
    const { signal, timeoutMs, onConnection } = limits;
    if (signal.aborted) throw new TransportError('aborted');
    this.connections.closeIdle();
    const exchange = new Exchange(this.#begin(request), this.#isTls, onConnection);
    const onAbort = () => exchange.stop('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    // A limit of the connection counts anew with every byte, so that an answer that drips in would never end.
    const timer = setTimeout(() => exchange.stop('timed_out'), timeoutMs);
    try {
      return await exchange.send(request.body);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  #begin({ method, path, headers, body }: HttpRequest): ClientRequest {
    const { httpAgent, httpsAgent } = this.connections;
    const hasLength = body !== undefined || WITH_BODY.has(method);
    const options = {
      ...this.#origin,
      method,
      path,
      headers: {
        host: this.#host,
        ...headers,
        ...(hasLength && { 'content-length': String(Buffer.byteLength(body ?? '')) }),
      },
    };
    return this.#isTls
      ? httpsRequest({ ...options, agent: httpsAgent })
      : httpRequest({ ...options, agent: httpAgent });
  }
}

/** One request and its answer. */
class Exchange {
  readonly #request: ClientRequest;
  readonly #answer = Promise.withResolvers<HttpAnswer>();
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #isConnected = false;
  #response: IncomingMessage | undefined;

  constructor(request: ClientRequest, isTls: boolean, onConnection: () => void = () => {}) {
    this.#request = request;
    request.once('socket', (socket) => {
      const connected = () => {
        this.#isConnected = true;
        onConnection();
      };
      if (request.reusedSocket || !socket.connecting) connected();
      else socket.once(isTls ? 'secureConnect' : 'connect', connected);
    });
    request.once('response', (response) => this.#receive(response));
    request.on('error', (error) =>
      this.#fail(TransportError.from(error, { wasConnected: this.#isConnected })),
    );
    // Node.js closes a connection that would become another one, such as a WebSocket, and calls that no error.
    request.once('close', () => {
      if (!this.#response) this.#fail(new TransportError('connection_lost'));
    });
  }

  send(body: string | undefined): Promise<HttpAnswer> {
    this.#request.end(body);
    return this.#answer.promise;
  }

  /** Ends it, whatever is there of the answer. */
  stop(failure: 'aborted' | 'timed_out' | 'too_large'): void {
    this.#fail(new TransportError(failure));
    this.#request.destroy();
  }

  #receive(response: IncomingMessage): void {
    this.#response = response;
    response.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes > RESPONSE_BYTES_MAX) this.stop('too_large');
      else this.#chunks.push(chunk);
    });
    response.on('error', (error) => this.#fail(TransportError.from(error, { wasConnected: true })));
    response.once('end', () => {
      try {
        const encoded = Buffer.concat(this.#chunks);
        const body = decodeBody(encoded, response.headers['content-encoding'], RESPONSE_BYTES_MAX);
        this.#answer.resolve(answerOf(response, body));
      } catch (error) {
        this.#fail(TransportError.from(error, { wasConnected: true }));
      }
    });
  }

  /** A refusal is one, whatever became of its body, unless nobody waits for it any more. */
  #fail(error: TransportError): void {
    const response = this.#response;
    const isRefused = response?.statusCode !== undefined && response.statusCode >= 400;
    if (response && isRefused && error.failure !== 'aborted') this.#answer.resolve(answerOf(response, ''));
    else this.#answer.reject(error);
  }
}

function answerOf({ statusCode: status = 0, headers }: IncomingMessage, body: string): HttpAnswer {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status, headers: plain, body };
}
