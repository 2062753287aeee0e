import { randomUUID } from 'node:crypto';

/** What the Lambda runtime says of an invocation that has so much time left. */
export function lambdaContext(remainingMs = 10_000) {
  const endsAtMs = performance.now() + remainingMs;
  return {
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => Math.max(0, endsAtMs - performance.now()),
  };
}
