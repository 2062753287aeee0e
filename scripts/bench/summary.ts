import type { Sample } from './measure.ts';
import type { Counts } from './servers.ts';

/** The summary of a function's samples. The times of warm calls are percentiles. All other values are medians. */
export interface Summary {
  readyMs: number;
  firstCallMs: number;
  warmCallMs: { p50: number; p95: number; p99: number };
  warmProcessorMs: number;
  residentBytes: number;
  /**
   * The number of requests until the end of the first call. `warmUpstream` is the number of requests of one warm call.
   */
  coldUpstream: Counts;
  warmUpstream: Counts;
  bundleBytes: number;
}

/** @throws Error if the environments of one function made different requests */
export function summaryOf(samples: readonly Sample[], bundleBytes: number): Summary {
  const warmCallsMs = samples.flatMap((sample) => sample.warmCallsMs);
  const median = (value: (sample: Sample) => number) => percentile(samples.map(value), 0.5);
  return {
    readyMs: median(({ readyMs }) => readyMs),
    firstCallMs: median(({ firstCallMs }) => firstCallMs),
    warmCallMs: {
      p50: percentile(warmCallsMs, 0.5),
      p95: percentile(warmCallsMs, 0.95),
      p99: percentile(warmCallsMs, 0.99),
    },
    warmProcessorMs: median(({ warmProcessorMs }) => warmProcessorMs),
    residentBytes: median(({ residentBytes }) => residentBytes),
    coldUpstream: same(samples.map(({ coldUpstream }) => coldUpstream)),
    warmUpstream: same(
      samples.map(({ warmUpstream, warmCallsMs: { length: calls } }) => ({
        scalekit: warmUpstream.scalekit / calls,
        aws: warmUpstream.aws / calls,
        issuer: warmUpstream.issuer / calls,
      })),
    ),
    bundleBytes,
  };
}

/** Returns a percentile by the nearest-rank method, for example the 95th percentile for the share 0.95. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new Error('There is nothing to take a percentile of.');
  return found;
}

function same(counts: readonly Counts[]): Counts {
  const [first, ...others] = counts;
  const text = JSON.stringify(first);
  if (!first || others.some((other) => JSON.stringify(other) !== text))
    throw new Error(`The requests differ: ${JSON.stringify(counts)}`);
  return first;
}
