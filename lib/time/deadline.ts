/** The end of a call's time. When it is over, or the call has ended, what is still in flight is aborted. */
export class Deadline {
  readonly #endsAtMs: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  /** @param durationMs from now; nothing is left at 0 */
  constructor(durationMs: number) {
    this.#endsAtMs = Date.now() + durationMs;
    if (durationMs <= 0) this.end();
    else this.#timer = setTimeout(() => this.end(), durationMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** How long a single step may take: its own limit, or what is left when that is less. */
  timeoutMs(limitMs: number): number {
    return Math.max(1, Math.min(limitMs, this.#endsAtMs - Date.now()));
  }

  /** Refuses to begin a step that could not end in time. @throws the signal's reason */
  assertTimeFor(leastMs: number): void {
    if (this.#endsAtMs - Date.now() < leastMs) this.end();
    this.signal.throwIfAborted();
  }

  /** Aborts whatever is in flight. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
