import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientRequest } from 'node:http';
import type { ChainHooks } from '../../lib/runtime/steps.ts';
import type { Log } from '../../lib/telemetry/log.ts';
import type { TracedRequest } from './call-trace.ts';
import { OpenTrace } from './open-trace.ts';
import { watchRequests } from './watch-requests.ts';

/** Traces calls: the steps of each call, and the requests that each step sends. */
export class CallTracer {
  readonly #open = new AsyncLocalStorage<OpenTrace>();
  readonly #stop: () => void;

  /** @param targetOf returns the destination, the method and the path of a request */
  constructor(targetOf: (request: ClientRequest) => Pick<TracedRequest, 'to' | 'method' | 'target'>) {
    this.#stop = watchRequests((request) => this.#open.getStore()?.request(targetOf(request)));
  }

  /** Every traced function must call these hooks at the start and at the end of each step. */
  readonly hooks: ChainHooks = {
    stepStarted: (name) => this.#open.getStore()?.begin(name),
    stepEnded: (name, failed) => this.#open.getStore()?.end(name, failed),
  };

  /** Wraps the log of the traced functions. The last log line of each call is stored with its trace. */
  log(log: Log): Log {
    return (level, message, fields) => {
      // Only the log line at the end of a call has a duration.
      if (fields.duration_ms !== undefined) this.#open.getStore()?.logged(fields);
      log(level, message, fields);
    };
  }

  /** Runs a call and returns its outcome and its trace. */
  async trace<Value>(
    run: () => Promise<Value>,
  ): Promise<{ outcome: PromiseSettledResult<Value>; trace: OpenTrace }> {
    const trace = new OpenTrace();
    const [outcome] = await Promise.allSettled([this.#open.run(trace, run)]);
    return { outcome, trace };
  }

  close(): void {
    this.#stop();
  }
}
