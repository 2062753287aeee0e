import type { ErrorCode } from '../errors/error-codes.ts';
import type { TransportError, TransportFailure } from '../http/transport-error.ts';
import type { Repetition } from '../time/attempts.ts';
import { type ProviderAnswer, type ProviderErrors, type Refusal, refusalOf } from './provider-errors.ts';
import { proxyNotEnabled } from './proxy-not-enabled.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** An attempt without an answer that can be used. */
export interface Failure {
  /** What it means to a read; of a write that was sent nobody knows how it ended. */
  code: Extract<ErrorCode, 'provider_unavailable' | 'provider_timeout' | 'invalid_provider_response'>;
  /** Null where there was no answer at all. */
  status: number | null;
  waitSeconds?: number | undefined;
  cause?: unknown;
}

/** How an attempt at the provider ended. */
export type Outcome =
  | { kind: 'accepted'; answer: ProviderAnswer }
  /** The provider, or the proxy in front of it, said no: nothing happened. */
  | { kind: 'refused'; answer: ProviderAnswer; refusal: Refusal; waitSeconds: number | undefined }
  /** `isPassing`: it may be gone at the next attempt. */
  | ({ kind: 'failed'; isPassing: boolean; wasSent: boolean } & Failure);

const FAILURES: Readonly<Record<TransportFailure, { code: Failure['code']; isPassing: boolean }>> = {
  not_connected: { code: 'provider_unavailable', isPassing: true },
  connection_lost: { code: 'provider_unavailable', isPassing: true },
  timed_out: { code: 'provider_timeout', isPassing: true },
  aborted: { code: 'provider_timeout', isPassing: false },
  too_large: { code: 'invalid_provider_response', isPassing: false },
  undecodable: { code: 'invalid_provider_response', isPassing: false },
  unknown: { code: 'provider_unavailable', isPassing: false },
};
const PASSING_STATUSES = new Set([502, 503, 504]);

/** What it means that an attempt got no answer. */
export function outcomeOfFailure(cause: TransportError, wasSent: boolean): Outcome {
  return { kind: 'failed', ...FAILURES[cause.failure], wasSent, status: null, cause };
}

interface AnswerContext {
  /** An answer whose body is undefined has either none, or one that is no JSON. */
  isEmpty: boolean;
  isWrite: boolean;
  errors: ProviderErrors;
  /** What the call says of single refusals. */
  overrides: Parameters<typeof refusalOf>[2];
}

/** What an answer means. */
export function outcomeOfAnswer(
  answer: ProviderAnswer,
  { isEmpty, isWrite, errors, overrides }: AnswerContext,
): Outcome {
  const { status } = answer;
  const refusal = proxyNotEnabled(answer, errors) ?? refusalOf(answer, errors, overrides);
  const isUnavailable = refusal ? refusal.code === 'provider_unavailable' : status >= 500;
  // No table can say that a write that ended in a fault did not happen.
  if (isUnavailable || (isWrite && status >= 500)) {
    const isPassing = status < 500 || PASSING_STATUSES.has(status);
    const waitSeconds = waitOf(answer, errors);
    return { kind: 'failed', code: 'provider_unavailable', isPassing, wasSent: true, status, waitSeconds };
  }
  if (refusal) return { kind: 'refused', answer, refusal, waitSeconds: waitOf(answer, errors) };
  const isUnderstood = status >= 200 && status < 300 && (isEmpty || answer.body !== undefined);
  if (isUnderstood) return { kind: 'accepted', answer };
  return { kind: 'failed', code: 'invalid_provider_response', isPassing: false, wasSent: true, status };
}

function waitOf(answer: ProviderAnswer, errors: ProviderErrors): number | undefined {
  return retryAfterSeconds(answer.headers, errors.retryAfterSeconds?.(answer));
}

/** How a request is repeated after this outcome; undefined where it stands. A write is only where nothing happened for certain. */
export function repetitionOf(outcome: Outcome, isWrite: boolean): Repetition | undefined {
  if (outcome.kind === 'refused') return outcome.refusal.code === 'rate_limited' ? outcome : undefined;
  if (outcome.kind === 'failed' && outcome.isPassing && !(isWrite && outcome.wasSent)) return outcome;
  return undefined;
}
