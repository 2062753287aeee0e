import { isJsonObject } from '../shared/json.ts';

/** The fields of an error object that the page shows. */
export interface ErrorAnswer {
  code: string;
  message: string;
  isRetryable: boolean;
  retryAfterSeconds: number | null;
  authorizationUrl: string | null;
  accountStatus: string | null;
  details: readonly { path: string; issue: string }[];
}

/** Returns the error in a result; null if the call succeeded. */
export function errorAnswer(result: unknown): ErrorAnswer | null {
  const error = isJsonObject(result) ? result.error : undefined;
  if (!isJsonObject(error)) return null;
  return {
    code: textOr(error.code, 'error'),
    message: textOr(error.message, ''),
    isRetryable: error.retryable === true,
    retryAfterSeconds: typeof error.retry_after_seconds === 'number' ? error.retry_after_seconds : null,
    authorizationUrl: textOr(error.authorization_url, null),
    accountStatus: textOr(error.account_status, null),
    details: Array.isArray(error.details) ? error.details.filter(isDetail) : [],
  };
}

function isDetail(value: unknown): value is { path: string; issue: string } {
  return isJsonObject(value) && typeof value.path === 'string' && typeof value.issue === 'string';
}

function textOr<Otherwise>(value: unknown, otherwise: Otherwise): string | Otherwise {
  return typeof value === 'string' ? value : otherwise;
}
