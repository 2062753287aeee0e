import { abortable } from './deadline.ts';

interface UnderWay<Value> {
  result: Promise<Value>;
  waiting: number;
  controller: AbortController;
}

/**
 * A request that all concurrent callers share. If no caller waits any longer, the request is aborted, and the next
 * caller starts a new request.
 */
export class SharedRequest<Value> {
  readonly #start: (signal: AbortSignal) => Promise<Value>;
  #underWay: UnderWay<Value> | undefined;

  constructor(start: (signal: AbortSignal) => Promise<Value>) {
    this.#start = start;
  }

  /** True if any caller waits for the request. */
  get isUnderWay(): boolean {
    return this.#underWay !== undefined;
  }

  /** Returns the result of the request. Rejects with the error of the request or with the signal's reason. */
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
   * Waits for the request of the key. Starts the request if it is not running.
   * @throws the error of the request or of the signal
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
