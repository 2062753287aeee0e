/** Within one region an answer takes a few milliseconds; a call that takes longer than this is better made again. */
export const DYNAMODB_LIMITS = {
  maxAttempts: 3,
  // Without the last, a request that takes too long is only warned of.
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
};
