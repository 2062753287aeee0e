/** The end of a call's time. When it is over, or the call has ended, what is still in flight is aborted. */
export class Deadline {
  readonly #endsAtMs: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  /** @param durationMs from now; nothing is left at 0 */
  constructor(durationMs: number) {
    this.#endsAtMs = Date.now() + durationMs;
    this.#timer = setTimeout(() => this.end(), Math.max(0, durationMs));
    this.#timer.unref();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** How long a single step may take: its own limit, or what is left when that is less. */
  timeoutMs(limitMs: number): number {
    return Math.max(1, Math.min(limitMs, this.#endsAtMs - Date.now()));
  }

  /** Aborts whatever is in flight. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
