import type { ErrorCode } from '../errors/error-codes.ts';
import type { FailedAttempt } from '../http/retries.ts';
import { retryAfterSeconds } from '../http/retry-after.ts';
import type { TransportError, TransportFailure } from '../http/transport-error.ts';
import {
  type ProviderAnswer,
  type ProviderErrors,
  type Refusal,
  refusalOf,
} from '../provider/provider-errors.ts';
import { proxyNotEnabled } from './proxy-not-enabled.ts';

/** An attempt without a usable response. */
export interface Failure {
  /** The error of a read. The outcome of a write that was sent is unknown. */
  code: Extract<ErrorCode, 'provider_unavailable' | 'provider_timeout' | 'invalid_provider_response'>;
  /** Null if there was no response. */
  status: number | null;
  waitSeconds?: number | undefined;
  cause?: unknown;
}

/** How an attempt at the provider ended. */
export type Outcome =
  | { kind: 'accepted'; answer: ProviderAnswer }
  /** The provider, or the proxy in front of it, said no: nothing happened. */
  | { kind: 'refused'; answer: ProviderAnswer; refusal: Refusal; waitSeconds: number | undefined }
  | ({ kind: 'failed'; failure?: TransportFailure; wasSent: boolean } & Failure);

const CODES: Readonly<Record<TransportFailure, Failure['code']>> = {
  not_connected: 'provider_unavailable',
  connection_lost: 'provider_unavailable',
  timed_out: 'provider_timeout',
  aborted: 'provider_timeout',
  too_large: 'invalid_provider_response',
  undecodable: 'invalid_provider_response',
  unknown: 'provider_unavailable',
};

/** The outcome of an attempt without a response. */
export function outcomeOfFailure(cause: TransportError, wasSent: boolean): Outcome {
  const { failure } = cause;
  return { kind: 'failed', code: CODES[failure], failure, wasSent, status: null, cause };
}

interface AnswerContext {
  /** Whether the response has no body. A body that is not JSON is undefined as well. */
  isEmpty: boolean;
  isWrite: boolean;
  errors: ProviderErrors;
  /** The rules of the call itself, which come first. */
  overrides: Parameters<typeof refusalOf>[2];
}

/** The outcome of an attempt with a response. */
export function outcomeOfAnswer(
  answer: ProviderAnswer,
  { isEmpty, isWrite, errors, overrides }: AnswerContext,
): Outcome {
  const { status } = answer;
  const refusal = proxyNotEnabled(answer, errors) ?? refusalOf(answer, errors, overrides);
  const isUnavailable = refusal ? refusal.code === 'provider_unavailable' : status >= 500;
  // No table can say that a write that ended in a fault did not happen.
  if (isUnavailable || (isWrite && status >= 500)) {
    const waitSeconds = waitOf(answer, errors);
    return { kind: 'failed', code: 'provider_unavailable', wasSent: true, status, waitSeconds };
  }
  if (refusal) return { kind: 'refused', answer, refusal, waitSeconds: waitOf(answer, errors) };
  const isUnderstood = status >= 200 && status < 300 && (isEmpty || answer.body !== undefined);
  if (isUnderstood) return { kind: 'accepted', answer };
  return { kind: 'failed', code: 'invalid_provider_response', wasSent: true, status };
}

function waitOf(answer: ProviderAnswer, errors: ProviderErrors): number | undefined {
  return retryAfterSeconds(answer.headers, errors.retryAfterSeconds?.(answer));
}

/** How the retry rules see an outcome. A refused request did nothing, and neither did one that was never sent. */
export function failedAttempt(outcome: Outcome, isWrite: boolean): FailedAttempt | undefined {
  if (outcome.kind === 'accepted') return undefined;
  if (outcome.kind === 'refused') {
    const { answer, refusal, waitSeconds } = outcome;
    return { status: answer.status, error: refusal.code, waitSeconds };
  }
  const { failure, status, code: error, waitSeconds, wasSent } = outcome;
  return { failure, status, error, waitSeconds, mayHaveWritten: isWrite && wasSent };
}
