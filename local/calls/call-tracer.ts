import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientRequest } from 'node:http';
import type { ChainHooks } from '../../lib/runtime/runtime.ts';
import type { Log, LogFields } from '../../lib/telemetry/log.ts';
import type { StepName, TracedRequest } from './call-trace.ts';
import { OpenTrace } from './open-trace.ts';
import { watchRequests } from './watch-requests.ts';

/** The step that each function of the chain is a part of. */
const STEPS: Readonly<Record<string, StepName>> = {
  establish: 'identify',
  validate: 'validate',
  check: 'account',
  guard: 'key',
  fit: 'fit',
  keepOutput: 'answer',
  keepFailure: 'answer',
  answer: 'answer',
  answerError: 'answer',
};

/** Follows calls through the chain and onto the wire. */
export class CallTracer {
  readonly #open = new AsyncLocalStorage<OpenTrace>();
  readonly #stop: () => void;

  /** @param targetOf what a request of a function is for */
  constructor(targetOf: (request: ClientRequest) => Pick<TracedRequest, 'to' | 'method' | 'target'>) {
    this.#stop = watchRequests({
      begun: (request) => this.#open.getStore()?.request(targetOf(request)),
    });
  }

  /** What the chains of the traced functions are to be made with. */
  readonly hooks: Required<ChainHooks> = {
    beforeMiddleware: (name) => this.#begin(STEPS[name]),
    afterMiddleware: (name) => this.#end(STEPS[name]),
    beforeHandler: () => this.#begin('run'),
    afterHandler: () => this.#end('run'),
  };

  /** The log that the traced functions are to write to: a call's line is kept with its trace, and goes on. */
  log(log: Log): Log {
    return (level, message, fields) => {
      if (isCallLine(fields)) this.#open.getStore()?.logged(fields);
      log(level, message, fields);
    };
  }

  /** Runs something, and gives what is traced of it meanwhile. */
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

  #begin(step: StepName | undefined): void {
    if (step) this.#open.getStore()?.begin(step);
  }

  #end(step: StepName | undefined): void {
    if (step) this.#open.getStore()?.end(step);
  }
}

/** Of the lines that a call writes, the one that tells how it ended. */
function isCallLine({ duration_ms }: LogFields): boolean {
  return duration_ms !== undefined;
}
