import type { Tool } from '../../lib/contract/define-tool.ts';
import type { InvocationContext } from '../../lib/surfaces/surface.ts';
import type { LogFields } from '../../lib/telemetry/log.ts';
import type { ToolFunction } from '../lambda/stack-functions.ts';
import type { CallTrace } from './call-trace.ts';
import type { CallTracer } from './call-tracer.ts';
import { explainEmulatedError } from './explain-emulated-error.ts';

const CALLS_MAX = 200;
const BYTES_MAX = 20 * 1024 * 1024;

/** One invocation of the Lambda function of a tool. */
export interface StoredCall {
  /** The Lambda request ID. */
  id: string;
  tool: string;
  startedAt: Date;
  event: unknown;
  clientContext: unknown;
  /** The function's response; undefined if the function failed. */
  answer: unknown;
  trace: CallTrace;
  log: LogFields | null;
}

interface StoredEntry {
  call: StoredCall;
  bytes: number;
}

/** Stores the latest calls and their traces in memory. */
export class CallRecorder {
  readonly #tracer: CallTracer;
  readonly #stored = new Map<string, StoredEntry>();
  #bytes = 0;

  /** @param tracer the tracer whose hooks and log the recorded functions use */
  constructor(tracer: CallTracer) {
    this.#tracer = tracer;
  }

  /** Wraps a function, to record its calls. */
  record({ tool, handler, ...called }: ToolFunction): ToolFunction {
    return {
      ...called,
      tool,
      handler: async (event, context) => {
        const startedAt = new Date();
        const { outcome, trace } = await this.#tracer.trace(() => handler(event, context));
        const failed = outcome.status === 'rejected' || trace.log?.code !== undefined;
        const closed = trace.close({ isWrite: tool.effect !== 'read', failed });
        const answer =
          outcome.status === 'fulfilled' ? explainEmulatedError(outcome.value, closed) : undefined;
        this.#store(tool, event, context, { startedAt, answer, trace: closed, log: trace.log });
        if (outcome.status === 'rejected') throw outcome.reason;
        return answer;
      },
    };
  }

  /** Newest first. */
  get calls(): StoredCall[] {
    return [...this.#stored.values()].map(({ call }) => call).reverse();
  }

  find(id: string): StoredCall | undefined {
    return this.#stored.get(id)?.call;
  }

  #store(
    tool: Tool,
    event: unknown,
    { awsRequestId: id = crypto.randomUUID(), clientContext }: InvocationContext,
    done: Pick<StoredCall, 'startedAt' | 'answer' | 'trace' | 'log'>,
  ): void {
    const call = { id, tool: tool.name, event, clientContext, ...done };
    const bytes = JSON.stringify(call).length;
    this.#stored.set(id, { call, bytes });
    this.#bytes += bytes;
    for (const [oldId, old] of this.#stored) {
      if (oldId === id || (this.#stored.size <= CALLS_MAX && this.#bytes <= BYTES_MAX)) break;
      this.#stored.delete(oldId);
      this.#bytes -= old.bytes;
    }
  }
}
