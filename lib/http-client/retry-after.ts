const RETRY_AFTER_SECONDS_MAX = 86_400;
const SECONDS = /^\d+(\.\d+)?$/;
const HTTP_DATE = /^[A-Z][a-z]{2,8}, /;

/**
 * Returns the time that a response asks us to wait, in whole seconds from 1 to a day; undefined if the response asks
 * for no wait.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @param fromBody the seconds that another part of the response gives, used if the header is missing
 */
export function retryAfterSeconds(
  headers: Readonly<Record<string, string>>,
  fromBody?: number | undefined,
): number | undefined {
  const seconds = secondsOf(headers['retry-after']?.trim()) ?? fromBody;
  if (seconds === undefined || Number.isNaN(seconds)) return undefined;
  return Math.min(RETRY_AFTER_SECONDS_MAX, Math.max(1, Math.ceil(seconds)));
}

function secondsOf(value: string | undefined): number | undefined {
  if (!value) return undefined;
  if (SECONDS.test(value)) return Number(value);
  // Without this pattern, `Date.parse` would accept almost any text as a date.
  const dateMs = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : (dateMs - Date.now()) / 1000;
}
