const RETRY_AFTER_SECONDS_MAX = 86_400;
const SECONDS = /^\d+(\.\d+)?$/;
const HTTP_DATE = /^[A-Z][a-z]{2,8}, /;

/**
 * The waiting time of a `retry-after` header, in whole seconds from 1 to a day; undefined where there is none.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterSeconds(headers: Readonly<Record<string, string>>): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  const seconds = SECONDS.test(value) ? Number(value) : (dateMs(value) - Date.now()) / 1000;
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(RETRY_AFTER_SECONDS_MAX, Math.max(1, Math.ceil(seconds)));
}

/** `Date.parse` alone finds a date in almost any text. */
function dateMs(value: string): number {
  return HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
}
