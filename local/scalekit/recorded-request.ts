import type { IncomingHttpHeaders } from 'node:http';
import type { Authorization } from './access-tokens.ts';

export type RequestKind = 'token' | 'keys' | 'rpc' | 'proxy' | 'magic-link' | 'unknown';

/** What the proxy sent to the provider; the provider's token is left out. */
interface ForwardedRequest {
  /** Such as `GET`. */
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  /** The path of it, with the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text. */
  readonly body: string;
}

/** A request that reached the emulated Scalekit. */
export interface RecordedRequest {
  /** What it asked for; `proxy` is a call of a provider. */
  readonly kind: RequestKind;
  /** By what it came. */
  readonly protocol: 'grpc' | 'http/1.1';
  /** Such as `GET`. */
  readonly method: string;
  /** As received, with the query. */
  readonly path: string;
  /** Without credentials; `authorization` below says what became of them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it had an access token of the application that is good. */
  authorization: Authorization | 'unchecked';
  /** For gRPC the status the REST API gives the same answer. Absent until there is an answer. */
  status?: number;
  /** The names of the fields, of a request for an access token. */
  formFields?: readonly string[];
  /** The name of the method, of an RPC. */
  rpc?: string;
  /** The connection that it is about. */
  connection?: string;
  /** The user that it is about. */
  identifier?: string;
  /** What the provider got of it, of a proxied call. */
  forwarded?: ForwardedRequest;
  /** The IDs of the faults that struck it. */
  faults?: readonly string[];
}

const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

/** Everything that reached the emulator, in the order of its arrival. */
export class RequestLog {
  // One array for the emulator's whole life, because callers hold on to it.
  readonly entries: RecordedRequest[] = [];

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
    return record;
  }

  clear(): void {
    this.entries.length = 0;
  }
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
