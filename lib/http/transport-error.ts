export type TransportFailure =
  /** No connection came about. */
  | 'not_connected'
  /** The connection broke after it was made; the request may have been read. */
  | 'connection_lost'
  /** The request's own limit ran out. */
  | 'timed_out'
  /** The call that it belongs to ended first. */
  | 'aborted'
  /** The answer is larger than is read. */
  | 'too_large'
  /** The answer is not encoded as it says. */
  | 'undecodable'
  | 'unknown';

const FAILURES_BY_CODE: Readonly<Record<string, TransportFailure>> = {
  HPE_HEADER_OVERFLOW: 'too_large',
  ERR_BUFFER_TOO_LARGE: 'too_large',
};
// Those of the parser, which sees the rest of a broken connection as HTTP, of the decompressors, and of the system.
const FAILURES_BY_CODE_FORM: readonly (readonly [form: RegExp, TransportFailure])[] = [
  [/^HPE_/, 'connection_lost'],
  [/^(?:Z_|ERR__ERROR_FORMAT)/, 'undecodable'],
  [/^E(?!RR_)[A-Z]+$/, 'connection_lost'],
];

/** A request without an answer. It has no `cause`, which would hold what was sent, our token included. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly failure: TransportFailure;
  /** Such as `ECONNRESET`: https://nodejs.org/api/errors.html#nodejs-error-codes */
  readonly code: string;

  constructor(failure: TransportFailure, code = '') {
    super(`The request failed: ${failure} (${code || 'without a code'}).`);
    this.failure = failure;
    this.code = code;
  }

  /** @param wasConnected whether a connection was there for the request to go out on */
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
