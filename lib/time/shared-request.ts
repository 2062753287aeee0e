import { abortable } from './abortable.ts';

interface UnderWay<Value> {
  result: Promise<Value>;
  waiting: number;
  controller: AbortController;
}

/** One request for all who wait at the same time; when nobody waits any more, it is aborted, and the next one starts anew. */
export class SharedRequest<Value> {
  readonly #start: (signal: AbortSignal) => Promise<Value>;
  #underWay: UnderWay<Value> | undefined;

  constructor(start: (signal: AbortSignal) => Promise<Value>) {
    this.#start = start;
  }

  /** Whether somebody waits for it. */
  get isUnderWay(): boolean {
    return this.#underWay !== undefined;
  }

  /** The result, or what the request or the signal rejects with. */
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
