import type { IncomingHttpHeaders } from 'node:http';
import type { Authorization } from './access-tokens.ts';

export type RequestKind = 'token' | 'keys' | 'rpc' | 'proxy' | 'magic-link' | 'unknown';

/** What the proxy sent to the provider; the provider's token is left out. */
interface ForwardedRequest {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RecordedRequest {
  readonly kind: RequestKind;
  readonly protocol: 'grpc' | 'http/1.1';
  readonly method: string;
  /** As received, with the query. */
  readonly path: string;
  /** Without credentials; `authorization` below says what became of them. */
  readonly headers: Readonly<Record<string, string>>;
  authorization: Authorization | 'unchecked';
  /** For gRPC the status the REST API gives the same answer. Absent until there is an answer. */
  status?: number;
  rpc?: string;
  connection?: string;
  identifier?: string;
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
