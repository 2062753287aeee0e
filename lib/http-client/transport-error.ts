export type TransportFailure =
  /** No connection could be made. */
  | 'not_connected'
  /** The connection broke after it was made. The server may have received the request. */
  | 'connection_lost'
  /** The time limit of the request ended. */
  | 'timed_out'
  /** We stopped the request, because the call that sent it has ended. */
  | 'aborted'
  /** The response is larger than our limit. */
  | 'too_large'
  /** The body cannot be decoded with the encoding in its header. */
  | 'undecodable'
  | 'unknown';

const FAILURES_BY_CODE: Readonly<Record<string, TransportFailure>> = {
  HPE_HEADER_OVERFLOW: 'too_large',
  ERR_BUFFER_TOO_LARGE: 'too_large',
};
// Patterns of error codes from the HTTP parser, the decompressors and the operating system. A parser error means that
// the connection was lost: the parser has read the incomplete rest as HTTP.
const FAILURES_BY_CODE_FORM: readonly (readonly [form: RegExp, TransportFailure])[] = [
  [/^HPE_/, 'connection_lost'],
  [/^(?:Z_|ERR__ERROR_FORMAT)/, 'undecodable'],
  [/^E(?!RR_)[A-Z]+$/, 'connection_lost'],
];

/**
 * A request that got no usable response. It has no `cause`, because a cause would contain the request with our token.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly failure: TransportFailure;
  /** The error code of Node.js, such as `ECONNRESET`: https://nodejs.org/api/errors.html#nodejs-error-codes */
  readonly code: string;

  constructor(failure: TransportFailure, code = '') {
    super(`The request failed: ${failure} (${code || 'without a code'}).`);
    this.failure = failure;
    this.code = code;
  }

  /** @param wasConnected true if the request had a connection */
  static from(error: unknown, { wasConnected }: { wasConnected: boolean }): TransportError {
    const code = codeOf(error);
    const failure = classify(code);
    const isOfTheSystem = failure === 'connection_lost' || failure === 'unknown';
    return new TransportError(!wasConnected && isOfTheSystem ? 'not_connected' : failure, code);
  }
}

function classify(code: string): TransportFailure {
  return FAILURES_BY_CODE[code] ?? FAILURES_BY_CODE_FORM.find(([form]) => form.test(code))?.[1] ?? 'unknown';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
