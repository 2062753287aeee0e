import { expect, test } from 'vitest';
import { costOf } from '../../../scripts/bench/costs.ts';
import type { Sample } from '../../../scripts/bench/measure.ts';
import { readBenchOptions } from '../../../scripts/bench/read-bench-options.ts';
import { overLimits, reportOf } from '../../../scripts/bench/report.ts';
import { type Summary, summaryOf } from '../../../scripts/bench/summary.ts';

const sample = (changes: Partial<Sample> = {}): Sample => ({
  readyMs: 100,
  firstCallMs: 60,
  warmCallsMs: [20, 21, 22, 30],
  warmProcessorMs: 2,
  residentBytes: 80e6,
  coldUpstream: { scalekit: 3, aws: 1, issuer: 0 },
  warmUpstream: { scalekit: 4, aws: 0, issuer: 0 },
  ...changes,
});
const summary = (changes: Partial<Summary> = {}): Summary => ({
  ...summaryOf([sample()], 230_000),
  ...changes,
});

test('the summary of a benchmark contains medians, percentiles of all warm calls, and the requests of one warm call', () => {
  const samples = [
    sample({ readyMs: 90 }),
    sample({ readyMs: 300 }),
    sample({ warmCallsMs: [10, 10, 10, 99] }),
  ];

  expect(summaryOf(samples, 230_000)).toEqual({
    readyMs: 100,
    firstCallMs: 60,
    warmCallMs: { p50: 21, p95: 99, p99: 99 },
    warmProcessorMs: 2,
    residentBytes: 80e6,
    coldUpstream: { scalekit: 3, aws: 1, issuer: 0 },
    warmUpstream: { scalekit: 1, aws: 0, issuer: 0 },
    bundleBytes: 230_000,
  });
});

test('the summary of a benchmark rejects environments that sent different numbers of requests', () => {
  const other = sample({ coldUpstream: { scalekit: 4, aws: 1, issuer: 0 } });

  expect(() => summaryOf([sample(), other], 1)).toThrow('The requests differ');
});

test('the cost of a million calls includes duration, requests and reads of the secret', () => {
  const { lambda, services } = costOf(
    summary({ readyMs: 140, firstCallMs: 60, warmCallMs: { p50: 20, p95: 20, p99: 20 } }),
  );

  // In this example, 1 % of the calls take 200 ms and 99 % take 20 ms, with 512 MB of memory and 10,000 reads of the
  // secret.
  expect(lambda).toBeCloseTo(1e6 * (0.5 * 0.0218 * 0.0000133334 + 0.0000002), 6);
  expect(services).toBeCloseTo(0.05, 6);
});

test('the benchmark reports a value only if the value is over its limit', () => {
  const baseline = summary({
    readyMs: 250,
    warmCallMs: { p50: 48, p95: 50, p99: 55 },
    warmProcessorMs: 4.5,
    residentBytes: 104e6,
  });
  const empty = summary({ readyMs: 34 });
  const all = {
    empty,
    baselineRead: baseline,
    read: summary(),
    agentCore: summary(),
    baselineWrite: baseline,
    write: summary(),
  };

  expect(overLimits(all)).toEqual([]);
  const slow = summary({ warmProcessorMs: 4.5, readyMs: 104, firstCallMs: 100, bundleBytes: 600_001 });
  expect(overLimits({ ...all, read: slow })).toEqual([
    'cold: both together (read): 0.62 of the baseline, at most 0.5',
    'CPU per warm call (read): 1.00 of the baseline, at most 0.6',
    'the bundle of a read: 600001 bytes',
  ]);
  expect(overLimits({ ...all, agentCore: slow, write: slow })).toEqual([
    'cold: both together (read through AgentCore): 0.62 of the baseline, at most 0.55',
    'CPU per warm call (write): 1.00 of the baseline, at most 0.95',
  ]);
  expect(reportOf(all)).toContain('| **CPU** per warm call | 4.50 ms | 2.00 ms | 0.44 | 0.60 |');
});

test.each([
  ['', { kind: 'compare', calls: 100, json: 'dist/bench.json' }],
  ['--load', { kind: 'load', calls: 20_000, json: 'dist/load.json' }],
  ['--interleave --calls 9', { kind: 'interleave', calls: 9, json: 'dist/interleave.json' }],
])('the options "%s" select a kind of benchmark and its defaults', (args, options) => {
  expect(readBenchOptions(args.split(' ').filter(Boolean))).toMatchObject(options);
});

test.each(['--rounds 0', '--calls 1.5', '--filters many', '--other 1', '--load --interleave'])(
  'the option %s is rejected with an error of one line',
  (args) => {
    expect(() => readBenchOptions(args.split(' '))).toThrow(/^[^\n]*Usage: npm run bench[^\n]*$/);
  },
);
