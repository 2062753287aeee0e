/**
 * Waits for extra work, but only so long, so that the answer does not fail for it. Work that takes longer goes on until
 * the call ends, and its outcome is dropped.
 * @returns the result, or undefined if the time is up
 */
export async function withinTime<Result>(
  work: Promise<Result>,
  limitMs: number,
): Promise<Result | undefined> {
  const { promise: timeIsUp, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), limitMs);
  try {
    return await Promise.race([work, timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
}
