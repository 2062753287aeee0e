import type { LogFields } from '../../lib/telemetry/log.ts';
import {
  type CallTrace,
  STEP_NAMES,
  type StepName,
  type TracedRequest,
  type TracedStep,
} from './call-trace.ts';
import { stepNote } from './step-note.ts';

interface OpenStep {
  startMs: number;
  endMs: number | null;
  failed: boolean;
  requests: TracedRequest[];
}

/** The trace of a call that is under way. */
export class OpenTrace {
  readonly #startedAtMs = performance.now();
  readonly #steps = new Map<StepName, OpenStep>();
  #current: StepName = 'recognise';
  #log: LogFields | null = null;

  constructor() {
    this.#steps.set('recognise', { startMs: 0, endMs: null, failed: false, requests: [] });
  }

  /** Where one is begun before another one has ended, it was that one's failure that brought the call here. */
  begin(name: StepName): void {
    const nowMs = this.#nowMs;
    const current = this.#steps.get(this.#current);
    if (current && current.endMs === null) {
      current.endMs = nowMs;
      current.failed = this.#current !== 'recognise';
    }
    this.#current = name;
    const begun = this.#steps.get(name);
    if (begun) begun.endMs = null;
    else this.#steps.set(name, { startMs: nowMs, endMs: null, failed: false, requests: [] });
  }

  end(name: StepName): void {
    const step = this.#steps.get(name);
    if (step) step.endMs = this.#nowMs;
  }

  /** A request that is sent now, in the step that is under way. */
  request(target: Pick<TracedRequest, 'to' | 'method' | 'target'>): {
    answered(status: number): void;
    ended(error: string | null): void;
  } {
    const request: TracedRequest = {
      ...target,
      startMs: this.#nowMs,
      endMs: null,
      status: null,
      error: null,
    };
    this.#steps.get(this.#current)?.requests.push(request);
    return {
      answered: (status) => {
        request.status = status;
      },
      ended: (error) => {
        if (request.endMs !== null) return;
        request.endMs = this.#nowMs;
        request.error = error;
      },
    };
  }

  logged(fields: LogFields): void {
    this.#log = fields;
  }

  get log(): LogFields | null {
    return this.#log;
  }

  /** @param isWrite whether the tool has the step of the key */
  close({ isWrite, failed }: { isWrite: boolean; failed: boolean }): CallTrace {
    const durationMs = this.#nowMs;
    const last = this.#steps.get(this.#current);
    if (last && last.endMs === null) {
      last.endMs = durationMs;
      last.failed = failed;
    }
    const names = STEP_NAMES.filter((name) => name !== 'key' || isWrite);
    return { durationMs, steps: names.map((name) => this.#traced(name)) };
  }

  #traced(name: StepName): TracedStep {
    const step = this.#steps.get(name);
    if (!step) return { name, startMs: null, endMs: null, outcome: 'not reached', note: '', requests: [] };
    const { startMs, endMs, failed, requests } = step;
    const note = stepNote(name, { failed, requests, log: this.#log });
    // What ends later does not change a trace that was given.
    const copies = requests.map((request) => ({ ...request }));
    return { name, startMs, endMs, outcome: failed ? 'failed' : 'done', note, requests: copies };
  }

  get #nowMs(): number {
    return performance.now() - this.#startedAtMs;
  }
}
