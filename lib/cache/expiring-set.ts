/** A set whose keys expire after a given time. If the set is full, the oldest key is removed. */
export class ExpiringSet {
  readonly #lifetimeMs: number;
  readonly #entriesMax: number;
  readonly #untilMs = new Map<string, number>();

  constructor({ lifetimeMs, entriesMax }: { lifetimeMs: number; entriesMax: number }) {
    this.#lifetimeMs = lifetimeMs;
    this.#entriesMax = entriesMax;
  }

  has(key: string): boolean {
    return Date.now() < (this.#untilMs.get(key) ?? 0);
  }

  add(key: string): void {
    this.#untilMs.delete(key);
    const oldest = this.#untilMs.keys().next();
    if (this.#untilMs.size >= this.#entriesMax && !oldest.done) this.#untilMs.delete(oldest.value);
    this.#untilMs.set(key, Date.now() + this.#lifetimeMs);
  }

  delete(key: string): void {
    this.#untilMs.delete(key);
  }
}
