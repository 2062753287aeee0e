import { abortable } from './deadline.ts';

interface UnderWay<Value> {
  result: Promise<Value>;
  waiting: number;
  controller: AbortController;
}

/**
 * One request that all concurrent waiters share. When nobody waits any more, it is aborted, and the next waiter starts
 * a new one.
 */
export class SharedRequest<Value> {
  readonly #start: (signal: AbortSignal) => Promise<Value>;
  #underWay: UnderWay<Value> | undefined;

  constructor(start: (signal: AbortSignal) => Promise<Value>) {
    this.#start = start;
  }

  /** True if anyone waits for it. */
  get isUnderWay(): boolean {
    return this.#underWay !== undefined;
  }

  /** Returns the result, or rejects with the error of the request or of the signal. */
  async wait(signal: AbortSignal): Promise<Value> {
    this.#underWay ??= this.#begin();
    const request = this.#underWay;
    request.waiting += 1;
    try {
      return await abortable(request.result, signal);
    } finally {
      request.waiting -= 1;
      if (request.waiting === 0) {
        request.controller.abort();
        if (this.#underWay === request) this.#underWay = undefined;
      }
    }
  }

  #begin(): UnderWay<Value> {
    const controller = new AbortController();
    return { result: this.#start(controller.signal), waiting: 0, controller };
  }
}

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
