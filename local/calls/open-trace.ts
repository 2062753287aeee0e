import { STEP_NAMES, type StepName } from '../../lib/runtime/steps.ts';
import type { LogFields } from '../../lib/telemetry/log.ts';
import type { CallTrace, TracedRequest, TracedStep } from './call-trace.ts';
import { stepNote } from './step-note.ts';

interface OpenStep {
  startMs: number;
  endMs: number | null;
  failed: boolean;
  requests: TracedRequest[];
}

/** The trace of a call in progress. It starts in the step `recognise`, which lasts until another step starts. */
export class OpenTrace {
  readonly #startedAtMs = performance.now();
  readonly #steps = new Map<StepName, OpenStep>();
  #current: StepName = 'recognise';
  #log: LogFields | null = null;

  constructor() {
    this.begin('recognise');
  }

  /** Starts a step, or continues a step that has already ended. */
  begin(name: StepName): void {
    if (name !== this.#current && this.#current === 'recognise') this.end('recognise', false);
    this.#current = name;
    const step = this.#steps.get(name);
    if (step) step.endMs = null;
    else this.#steps.set(name, { startMs: this.#nowMs, endMs: null, failed: false, requests: [] });
  }

  /**
   * @param failed whether the step threw an error. If a step runs several times, one error is enough for the
   * outcome `failed`.
   */
  end(name: StepName, failed: boolean): void {
    const step = this.#steps.get(name);
    if (!step) return;
    step.endMs = this.#nowMs;
    step.failed ||= failed;
  }

  /** Adds a request that starts now to the current step. */
  request(target: Pick<TracedRequest, 'to' | 'method' | 'target'>): {
    answered(status: number, emulator?: string): void;
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
      answered: (status, emulator) => {
        request.status = status;
        if (emulator !== undefined) request.emulator = emulator;
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

  /**
   * Ends the trace.
   * @param isWrite true if the tool writes, and therefore has the step `key`
   * @param failed whether the call failed
   */
  close({ isWrite, failed }: { isWrite: boolean; failed: boolean }): CallTrace {
    const durationMs = this.#nowMs;
    if (this.#steps.get(this.#current)?.endMs === null) this.end(this.#current, failed);
    const names = STEP_NAMES.filter((name) => name !== 'key' || isWrite);
    return { durationMs, steps: names.map((name) => this.#traced(name)) };
  }

  #traced(name: StepName): TracedStep {
    const step = this.#steps.get(name);
    if (!step) return { name, startMs: null, endMs: null, outcome: 'not reached', note: '', requests: [] };
    const { startMs, endMs, failed, requests } = step;
    const note = stepNote(name, { failed, requests, log: this.#log });
    // The trace contains copies, because a request that ends later must not change it.
    const copies = requests.map((request) => ({ ...request }));
    return { name, startMs, endMs, outcome: failed ? 'failed' : 'done', note, requests: copies };
  }

  get #nowMs(): number {
    return performance.now() - this.#startedAtMs;
  }
}
