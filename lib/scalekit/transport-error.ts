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
  ERR_CANCELED: 'aborted',
  ERR_STREAM_PREMATURE_CLOSE: 'connection_lost',
  HPE_HEADER_OVERFLOW: 'too_large',
};
// What axios has no code of its own for.
const FAILURES_BY_MESSAGE: readonly (readonly [start: string, TransportFailure])[] = [
  ['maxContentLength', 'too_large'],
  ['stream has been aborted', 'connection_lost'],
];
// The system's, those of the parser, which sees the rest of a broken connection as HTTP, and those of the decompressors.
const FAILURES_BY_CODE_FORM: readonly (readonly [form: RegExp, TransportFailure])[] = [
  [/^HPE_/, 'connection_lost'],
  [/^(?:Z_|ZSTD_|ERR__ERROR_FORMAT)/, 'undecodable'],
  [/^E(?!RR_)[A-Z]+$/, 'connection_lost'],
];

/** A request without an answer. It has no `cause`, which would hold what was sent, our token included. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly failure: TransportFailure;
  /** Such as `ECONNRESET`: https://nodejs.org/api/errors.html#nodejs-error-codes */
  readonly code: string;

  constructor(failure: TransportFailure, error: unknown) {
    const code = textOf(error, 'code');
    super(`The request failed: ${failure} (${code || 'without a code'}).`);
    this.failure = failure;
    this.code = code;
  }

  /** @param wasConnected whether a connection was there for the request to go out on */
  static from(error: unknown, { wasConnected }: { wasConnected: boolean }): TransportError {
    const failure = classify(error);
    const isOfTheSystem = failure === 'connection_lost' || failure === 'unknown';
    return new TransportError(!wasConnected && isOfTheSystem ? 'not_connected' : failure, error);
  }
}

function classify(error: unknown): TransportFailure {
  const [code, message] = [textOf(error, 'code'), textOf(error, 'message')];
  return (
    FAILURES_BY_MESSAGE.find(([start]) => message.startsWith(start))?.[1] ??
    FAILURES_BY_CODE[code] ??
    FAILURES_BY_CODE_FORM.find(([form]) => form.test(code))?.[1] ??
    'unknown'
  );
}

function textOf(error: unknown, name: 'code' | 'message'): string {
  if (!(error instanceof Error) || !(name in error)) return '';
  const found: unknown = Reflect.get(error, name);
  return typeof found === 'string' ? found : '';
}
