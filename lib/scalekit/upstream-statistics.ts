interface Attempt {
  startedAtMs: number;
  endedAtMs: number | undefined;
}

/** What a call did at the provider, for its log line and its metrics. */
export class UpstreamStatistics {
  /** Attempts that repeated another one. */
  retries = 0;
  /** Whether the account check was answered from the cache; undefined where it was not reached. */
  accountFromCache: boolean | undefined;
  readonly #attempts: Attempt[] = [];

  /** Begins an attempt. @returns the function that ends it */
  beginAttempt(): () => void {
    const attempt: Attempt = { startedAtMs: performance.now(), endedAtMs: undefined };
    this.#attempts.push(attempt);
    return () => {
      attempt.endedAtMs = performance.now();
    };
  }

  /** How long each attempt has taken; what is still under way, until now. */
  get attemptDurationsMs(): number[] {
    return this.#attempts.map(({ startedAtMs, endedAtMs = performance.now() }) => endedAtMs - startedAtMs);
  }
}
