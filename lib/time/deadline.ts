// All deadlines share this error, because a new error with its stack costs more than the rest of a deadline.
const ENDED = new DOMException('The call is out of time or has ended.', 'AbortError');

/** The deadline of a call. When the deadline passes or the call ends, all running requests are aborted. */
export class Deadline {
  // `performance.now()` cannot jump, unlike the time of the day.
  readonly #endsAtMs: number;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  /** @param durationMs the time from now; if it is 0, the deadline has already passed */
  constructor(durationMs: number) {
    this.#endsAtMs = performance.now() + durationMs;
    if (durationMs <= 0) this.end();
    else this.#timer = setTimeout(() => this.end(), durationMs);
  }

  /**
   * Creates a deadline that passes after the duration, or earlier if the signal aborts. The caller must call `end`.
   */
  static within(signal: AbortSignal, durationMs: number): Deadline {
    const deadline = new Deadline(signal.aborted ? 0 : durationMs);
    signal.addEventListener('abort', () => deadline.end(), { once: true, signal: deadline.signal });
    return deadline;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The remaining time; 0 after the deadline. */
  get leftMs(): number {
    return Math.max(0, this.#endsAtMs - performance.now());
  }

  /**
   * Ends the deadline if too little time is left for the next step.
   * @throws the signal's reason
   */
  assertTimeFor(leastMs: number): void {
    if (this.leftMs < leastMs) this.end();
    this.signal.throwIfAborted();
  }

  /** Aborts all running requests. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort(ENDED);
  }
}

// A call stops 750 ms before the invocation ends. At least 500 ms of these are for sending the response, and the rest
// is for building it.
const ANSWER_RESERVE_MS = 750;
// The time limit outside Lambda. It is a little less than the 30 s for which API Gateway waits.
const DURATION_MS_DEFAULT = 28_000;

/**
 * Returns the deadline for everything that an invocation waits for.
 * @param context the context of the invocation. Outside Lambda, it does not contain the remaining time, and the limit
 * is DURATION_MS_DEFAULT
 */
export function invocationDeadline(context: { getRemainingTimeInMillis?(): number }): Deadline {
  const remainingMs = context.getRemainingTimeInMillis?.() ?? DURATION_MS_DEFAULT;
  return new Deadline(remainingMs - ANSWER_RESERVE_MS);
}

/**
 * Waits for a promise until the signal aborts, and then rejects with the signal's reason. The promise itself
 * continues.
 */
export async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  // The promise may reject after the signal has aborted, when nobody waits for it. Such a rejection must not end the
  // process.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
