export type TransportFailure =
  /** No connection came about, so nothing was sent. */
  | 'not_connected'
  /** The connection broke after it was made; the request may have been read. */
  | 'connection_lost'
  /** The request's own limit ran out. */
  | 'timed_out'
  /** The call that it belongs to ended first. */
  | 'aborted'
  /** The answer is larger than is read. */
  | 'too_large'
  | 'unknown';

// Errors of the look-up and of the connection itself: https://nodejs.org/api/errors.html#common-system-errors
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const CONNECTION_LOST = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_CONSTANT',
]);
const TIMED_OUT = new Set(['ETIMEDOUT']);

/** A request without an answer; `cause` is for debugging alone, since it may hold what was sent. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly failure: TransportFailure;

  constructor(failure: TransportFailure, cause: unknown) {
    super(`The request failed: ${failure}.`, { cause });
    this.failure = failure;
  }

  static from(error: unknown): TransportError {
    return new TransportError(classify(error), error);
  }
}

function classify(error: unknown): TransportFailure {
  const code = property(error, 'code');
  const message = property(error, 'message') ?? '';
  if (code === 'ERR_CANCELED') return 'aborted';
  if (message.startsWith('maxContentLength')) return 'too_large';
  // axios reports its own time-outs with either code, a broken connection with the second alone.
  if (message.startsWith('timeout')) return 'timed_out';
  if (code === undefined) return 'unknown';
  if (NOT_CONNECTED.has(code) || syscall(error) === 'connect') return 'not_connected';
  if (CONNECTION_LOST.has(code)) return 'connection_lost';
  if (TIMED_OUT.has(code)) return 'timed_out';
  return 'unknown';
}

/** The system call that failed, which axios leaves on the error it wraps. */
function syscall(error: unknown): string | undefined {
  return (
    property(error, 'syscall') ?? (error instanceof Error ? property(error.cause, 'syscall') : undefined)
  );
}

function property(value: unknown, name: 'code' | 'message' | 'syscall'): string | undefined {
  if (!(value instanceof Error) || !(name in value)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : undefined;
}
