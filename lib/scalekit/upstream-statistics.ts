interface Attempt {
  startedAtMs: number;
  endedAtMs: number | undefined;
}

/** The requests to the provider in one call, for the call's log line and metrics. */
export class UpstreamStatistics {
  /** The number of attempts that were retries. */
  retries = 0;
  /** True if the account's status came from the cache; undefined if there was no check. */
  accountFromCache: boolean | undefined;
  readonly #attempts: Attempt[] = [];

  /** Starts an attempt. @returns the function that ends it */
  beginAttempt(): () => void {
    const attempt: Attempt = { startedAtMs: performance.now(), endedAtMs: undefined };
    this.#attempts.push(attempt);
    return () => {
      attempt.endedAtMs = performance.now();
    };
  }

  /** The duration of each attempt. For an attempt in progress, the duration until now. */
  get attemptDurationsMs(): number[] {
    return this.#attempts.map(({ startedAtMs, endedAtMs = performance.now() }) => endedAtMs - startedAtMs);
  }
}
