import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ConnectionPool } from './connection-pool.ts';
import { decodeBody } from './decode-body.ts';
import { TransportError } from './transport-error.ts';

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
const BODY_BYTES_MAX = 5 * 1024 * 1024;

export interface HttpRequest {
  method: string;
  /** The encoded path, with the query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

export interface HttpResponse {
  status: number;
  /** The headers, with names in lower case; a repeated header is joined with `, `. */
  headers: Readonly<Record<string, string>>;
  /** The decoded body; empty if the body of an error response cannot be read. */
  body: string;
}

export interface Limits {
  signal: AbortSignal;
  /** The limit for the whole response. */
  timeoutMs: number;
  /** Called when the request has a connection, before the request is sent. */
  onConnection?: () => void;
}

/**
 * Sends requests to one host. The caller decides what a status means. The client therefore returns error responses
 * instead of throwing, and does not follow redirects. We use Node.js' own client, because loading any other client
 * costs more than the rest of a function. For example, axios loads `fetch` and HTTP/2.
 */
export class HttpClient {
  readonly connections = new ConnectionPool();
  readonly #origin: { protocol: string; hostname: string; port: string };
  readonly #host: string;
  readonly #isTls: boolean;

  /** @param url the host's URL, such as `https://acme.scalekit.com` */
  constructor(url: string) {
    const { protocol, host, hostname, port } = new URL(url);
    this.#host = host;
    // URLs write an IPv6 address in brackets, but Node.js expects it without brackets.
    this.#origin = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port };
    this.#isTls = protocol === 'https:';
  }

  /** @throws TransportError if there is no response, or if the response cannot be read */
  async send(request: HttpRequest, limits: Limits): Promise<HttpResponse> {
    const { signal, timeoutMs, onConnection } = limits;
    if (signal.aborted) throw new TransportError('aborted');
    this.connections.closeIdle();
    const exchange = new Exchange(this.#begin(request), this.#isTls, onConnection);
    const onAbort = () => exchange.stop('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    // We do not use a socket timeout, because it starts again with every byte. A very slow response would never time
    // out.
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

/** One request and its response. */
class Exchange {
  readonly #request: ClientRequest;
  readonly #answer = Promise.withResolvers<HttpResponse>();
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
    // If the server upgrades the connection, for example to a WebSocket, Node.js closes the request without an error.
    request.once('close', () => {
      if (!this.#response) this.#fail(new TransportError('connection_lost'));
    });
  }

  send(body: string | undefined): Promise<HttpResponse> {
    this.#request.end(body);
    return this.#answer.promise;
  }

  /** Ends the request, even if a part of the response has already arrived. */
  stop(failure: 'aborted' | 'timed_out' | 'too_large'): void {
    this.#fail(new TransportError(failure));
    this.#request.destroy();
  }

  #receive(response: IncomingMessage): void {
    this.#response = response;
    response.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes > BODY_BYTES_MAX) this.stop('too_large');
      else this.#chunks.push(chunk);
    });
    response.on('error', (error) => this.#fail(TransportError.from(error, { wasConnected: true })));
    response.once('end', () => {
      try {
        const encoded = Buffer.concat(this.#chunks);
        const body = decodeBody(encoded, response.headers['content-encoding'], BODY_BYTES_MAX);
        this.#answer.resolve(answerOf(response, body));
      } catch (error) {
        this.#fail(TransportError.from(error, { wasConnected: true }));
      }
    });
  }

  /**
   * Ends the request with an error. But if the response has an error status, the status is enough for the caller. The
   * request then ends with the response and an empty body, unless the caller has aborted.
   */
  #fail(error: TransportError): void {
    const response = this.#response;
    const isRefused = response?.statusCode !== undefined && response.statusCode >= 400;
    if (response && isRefused && error.failure !== 'aborted') this.#answer.resolve(answerOf(response, ''));
    else this.#answer.reject(error);
  }
}

function answerOf({ statusCode: status = 0, headers }: IncomingMessage, body: string): HttpResponse {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status, headers: plain, body };
}
