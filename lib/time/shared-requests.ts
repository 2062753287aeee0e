import { SharedRequest } from './shared-request.ts';

/** One request for each key, for all who wait for it at the same time. */
export class SharedRequests<Value> {
  readonly #requests = new Map<string, SharedRequest<Value>>();

  /** The result of the request of that key, which is started where there is none. @throws what the request or the signal rejects with */
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
