import { SharedRequest } from './shared-request.ts';

/** One shared request per key. */
export class SharedRequests<Value> {
  readonly #requests = new Map<string, SharedRequest<Value>>();

  /**
   * Waits for the request of the key, and starts it if needed. @throws the error of the request or of the signal
   */
  async wait(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    const request = this.#requests.get(key) ?? new SharedRequest(start);
    this.#requests.set(key, request);
    try {
      return await request.wait(signal);
    } finally {
      if (!request.isUnderWay) this.#requests.delete(key);
    }
  }
}
