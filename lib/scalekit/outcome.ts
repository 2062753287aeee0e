import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import type { FailedAttempt } from '../http-client/retries.ts';
import { retryAfterSeconds } from '../http-client/retry-after.ts';
import type { TransportError, TransportFailure } from '../http-client/transport-error.ts';
import {
  type ProviderAnswer,
  type ProviderErrors,
  type ProviderRefusal,
  refusalOf,
} from '../provider/provider-errors.ts';

/** An attempt without a usable response. */
export interface Failure {
  /** The error code of a read. For a write that was sent, the code is always `outcome_unknown`. */
  code: Extract<ErrorCode, 'provider_unavailable' | 'provider_timeout' | 'invalid_provider_response'>;
  /** The HTTP status; null if there was no response. */
  status: number | null;
  waitSeconds?: number | undefined;
  cause?: unknown;
}

/** The provider, or Scalekit's proxy, rejected the request. The request has therefore changed nothing. */
export interface RefusedOutcome {
  kind: 'refused';
  answer: ProviderAnswer;
  refusal: ProviderRefusal;
  waitSeconds: number | undefined;
}

/** The outcome of an attempt to call the provider. */
export type Outcome =
  | { kind: 'accepted'; answer: ProviderAnswer }
  | RefusedOutcome
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

/** Returns the outcome of an attempt that got no response. */
export function outcomeOfFailure(cause: TransportError, wasSent: boolean): Outcome {
  const { failure } = cause;
  return { kind: 'failed', code: CODES[failure], failure, wasSent, status: null, cause };
}

interface AnswerContext {
  /**
   * True if the response has no body. The field `body` does not show this, because it is also undefined for a body
   * that is not JSON.
   */
  isEmpty: boolean;
  isWrite: boolean;
  errors: ProviderErrors;
  /** The rules of this request. They take precedence over the connector's rules. */
  overrides: Parameters<typeof refusalOf>[2];
}

/** Returns the outcome of an attempt that got a response. */
export function outcomeOfAnswer(
  answer: ProviderAnswer,
  { isEmpty, isWrite, errors, overrides }: AnswerContext,
): Outcome {
  const { status } = answer;
  const refusal = proxyNotEnabled(answer, errors) ?? refusalOf(answer, errors, overrides);
  const isUnavailable = refusal ? refusal.code === 'provider_unavailable' : status >= 500;
  // After a 5xx, a write may have happened, whatever the provider's error rules say.
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

/** Converts an outcome for the retry rules. A request that was rejected or never sent has changed nothing. */
export function failedAttempt(outcome: Outcome, isWrite: boolean): FailedAttempt | undefined {
  if (outcome.kind === 'accepted') return undefined;
  if (outcome.kind === 'refused') {
    const { answer, refusal, waitSeconds } = outcome;
    return { status: answer.status, error: refusal.code, waitSeconds };
  }
  const { failure, status, code: error, waitSeconds, wasSent } = outcome;
  return { failure, status, error, waitSeconds, mayHaveWritten: isWrite && wasSent };
}

// The error text of Scalekit's proxy if the proxy is not enabled for a provider. Scalekit does not document the field
// that contains the text.
const TEXT = /^\W*proxy not enabled for provider\b/i;
const ProxyError = lazily(() => z.object({ message: z.string().optional(), error: z.string().optional() }));

/** Returns the proxy's error if the proxy is not enabled for the provider. Returns undefined for any other response. */
export function proxyNotEnabled(answer: ProviderAnswer, errors: ProviderErrors): ProviderRefusal | undefined {
  const { status, body } = answer;
  const { message = '', error = '' } = (status >= 400 && ProxyError().safeParse(body).data) || {};
  // A provider may repeat our values in its response, so the response of a provider can also contain this text. A
  // response with the provider's error name does not come from the proxy.
  if (!(TEXT.test(message) || TEXT.test(error)) || errors.reason(answer) !== undefined) return undefined;
  return {
    code: 'not_configured',
    message: 'Scalekit has not enabled its proxy for this provider. Report this to the operator of the tool.',
    recognised: true,
  };
}
