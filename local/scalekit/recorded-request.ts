import type { IncomingHttpHeaders } from 'node:http';
import type { Authorization } from './access-tokens.ts';

export type RequestKind = 'token' | 'keys' | 'rpc' | 'proxy' | 'magic-link' | 'unknown';

/** The request that the proxy sent to the provider, without the provider's token. */
interface ForwardedRequest {
  /** For example `GET`. */
  readonly method: string;
  /** The complete URL. */
  readonly url: string;
  /** The path and query. */
  readonly path: string;
  /** The names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text. */
  readonly body: string;
}

/** A request that reached the emulated Scalekit. */
export interface RecordedRequest {
  /** The kind of request; `proxy` is a call to a provider. */
  readonly kind: RequestKind;
  /** The protocol of the request. */
  readonly protocol: 'grpc' | 'http/1.1';
  /** For example `GET`. */
  readonly method: string;
  /** The path and query, unchanged. */
  readonly path: string;
  /** The headers without credentials. See `authorization` below. */
  readonly headers: Readonly<Record<string, string>>;
  /** True if the request had a valid access token. */
  authorization: Authorization | 'unchecked';
  /** The HTTP status. For gRPC, the status that the REST API would return. Absent if no response was sent yet. */
  status?: number;
  /** The field names of a token request. */
  formFields?: readonly string[];
  /** The name of the RPC method. */
  rpc?: string;
  /** The name of the connection in the request. */
  connection?: string;
  /** The user's identifier in the request. */
  identifier?: string;
  /** The request that the provider got. Only for requests through the proxy. */
  forwarded?: ForwardedRequest;
  /** The IDs of the faults that affected the request. */
  faults?: readonly string[];
}

const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

// The stack may run for days, so only the latest requests stay in memory.
const REQUESTS_MAX = 2_000;
const BODY_LENGTH_MAX = 20 * 1024 * 1024;

/** The latest requests to the emulator, in order. */
export class RequestLog {
  // Callers store a reference to this array, so it is never replaced by another array.
  readonly entries: RecordedRequest[] = [];
  #count = 0;

  /** The number of all requests, including those that were removed from the log. */
  get count(): number {
    return this.#count;
  }

  begin(
    request: { method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders },
    kind: RequestKind,
    protocol: RecordedRequest['protocol'],
  ): RecordedRequest {
    const record: RecordedRequest = {
      kind,
      protocol,
      method: request.method ?? '',
      path: request.url ?? '',
      headers: recordableHeaders(request.headers),
      authorization: request.headers.authorization === undefined ? 'absent' : 'unchecked',
    };
    this.entries.push(record);
    this.#count += 1;
    this.#dropOldest();
    return record;
  }

  clear(): void {
    this.entries.length = 0;
  }

  #dropOldest(): void {
    let length = this.entries.reduce((sum, entry) => sum + bodyLength(entry), 0);
    while (this.entries.length > REQUESTS_MAX || length > BODY_LENGTH_MAX) {
      const dropped = this.entries.shift();
      length -= dropped ? bodyLength(dropped) : 0;
    }
  }
}

function bodyLength({ forwarded }: RecordedRequest): number {
  return forwarded?.body.length ?? 0;
}

function recordableHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name.startsWith(':') || CREDENTIAL_HEADERS.has(name)
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
