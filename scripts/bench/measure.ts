import { type BenchedFunction, startEnvironment } from './lambda-environment.ts';
import type { Invocation } from './runtime-api.ts';
import type { Counts } from './servers.ts';

/** The measurements of one execution environment of a function. */
export interface Sample {
  /** The time from the start of the process until its first request for an invocation. */
  readyMs: number;
  firstCallMs: number;
  warmCallsMs: number[];
  /** The mean CPU time of a warm call. */
  warmProcessorMs: number;
  /** The resident memory after the last call. */
  residentBytes: number;
  /** The number of requests to other servers until the end of the first call. */
  coldUpstream: Counts;
  /** The number of requests to other servers in all warm calls together. */
  warmUpstream: Counts;
}

export interface Subject {
  benched: BenchedFunction;
  /** Creates the next invocation. Each write has its own idempotency key. */
  invocation(): Invocation;
  /** Returns true if the response is a success. */
  isAnswered(answer: unknown): boolean;
}

interface MeasureOptions {
  runtimeClient: string;
  warmCalls: number;
  counts(): Promise<Counts>;
}

/**
 * Measures a function in a separate execution environment: the start, the first call and the warm calls.
 * @throws Error if the response to a call is wrong
 */
export async function measure(
  { benched, invocation, isAnswered }: Subject,
  { runtimeClient, warmCalls, counts }: MeasureOptions,
): Promise<Sample> {
  const before = await counts();
  const environment = await startEnvironment(runtimeClient, benched);
  const call = async () => {
    const { answer, durationMs } = await environment.invoke(invocation());
    if (!isAnswered(answer)) throw new Error(`${benched.handler} answered ${JSON.stringify(answer)}`);
    return durationMs;
  };
  try {
    const firstCallMs = await call();
    await environment.idle();
    const afterFirst = await counts();
    const startedAtMs = await environment.processorTimeMs();
    const warmCallsMs: number[] = [];
    while (warmCallsMs.length < warmCalls) warmCallsMs.push(await call());
    await environment.idle();
    const processorMs = (await environment.processorTimeMs()) - startedAtMs;
    const afterAll = await counts();
    return {
      readyMs: environment.readyMs,
      firstCallMs,
      warmCallsMs,
      warmProcessorMs: processorMs / warmCalls,
      residentBytes: await environment.residentBytes(),
      coldUpstream: difference(afterFirst, before),
      warmUpstream: difference(afterAll, afterFirst),
    };
  } finally {
    await environment.stop();
  }
}

function difference(later: Counts, earlier: Counts): Counts {
  return {
    scalekit: later.scalekit - earlier.scalekit,
    aws: later.aws - earlier.aws,
    issuer: later.issuer - earlier.issuer,
  };
}
