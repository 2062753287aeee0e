// One for all: a new one each time, with its stack, costs more than the rest of a deadline.
const ENDED = new DOMException('The time of the call is over, or the call has ended.', 'AbortError');

/** The end of a call's time. When it is over, or the call has ended, what is still in flight is aborted. */
export class Deadline {
  // By a clock that no correction moves.
  readonly #endsAtMs: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  /** @param durationMs from now; nothing is left at 0 */
  constructor(durationMs: number) {
    this.#endsAtMs = performance.now() + durationMs;
    if (durationMs <= 0) this.end();
    else this.#timer = setTimeout(() => this.end(), durationMs);
  }

  /** An end that comes with that of the signal, or earlier. Whoever made it ends it. */
  static within(signal: AbortSignal, durationMs: number): Deadline {
    const deadline = new Deadline(signal.aborted ? 0 : durationMs);
    signal.addEventListener('abort', () => deadline.end(), { once: true, signal: deadline.signal });
    return deadline;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What is left of the time; 0 when it is over. */
  get leftMs(): number {
    return Math.max(0, this.#endsAtMs - performance.now());
  }

  /** Refuses to begin a step that could not end in time. @throws the signal's reason */
  assertTimeFor(leastMs: number): void {
    if (this.leftMs < leastMs) this.end();
    this.signal.throwIfAborted();
  }

  /** Aborts whatever is in flight. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort(ENDED);
  }
}
