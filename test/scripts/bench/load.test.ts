import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { functionLoad, gatewayLoad, type LoadRow } from '../../../scripts/bench/load.ts';
import { lateGrowth, loadTable } from '../../../scripts/bench/load-report.ts';
import { TOOLS } from '../../../scripts/bench/subjects.ts';
import { hasTools } from '../../support/project-tools.ts';

const RUNTIME_CLIENT = join(import.meta.dirname, '../../../scripts/bench/plain-runtime-client.ts');
const row = (changes: Partial<LoadRow> = {}): LoadRow => ({
  name: 'read, 10 connections',
  calls: 2_000,
  errors: { rate_limited: 1 },
  callsPerSecond: 251.4,
  p50Ms: 9.55,
  p99Ms: 20,
  residentBytes: 80e6,
  heapBytes: 12e6,
  sockets: 12,
  ...changes,
});

describe.skipIf(process.platform !== 'linux')('the load test', () => {
  test.skipIf(!hasTools(TOOLS.read.name, TOOLS.write.name))(
    'of the gateway causes no errors',
    async () => {
      const rows = await gatewayLoad(20);

      expect(rows.map(({ name, calls, errors }) => ({ name, calls, errors }))).toEqual(
        [10, 50, 100].flatMap((connections) =>
          ['read', 'write'].map((kind) => ({
            name: `${kind}, ${connections} connections`,
            calls: 20,
            errors: {},
          })),
        ),
      );
      for (const { residentBytes, heapBytes, sockets } of rows) {
        expect(heapBytes).toBeGreaterThan(1e6);
        expect(residentBytes).toBeGreaterThan(1e7);
        expect(sockets).toBeGreaterThan(0);
      }
    },
    60_000,
  );

  test('of a function counts wrong responses as errors', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'counts.mjs'), 'let calls = 0; export const handler = async () => ++calls;');
    const subject = {
      benched: { folder, handler: 'counts.handler', variables: {} },
      invocation: () => ({ event: {} }),
      isAnswered: (answer: unknown) => answer !== 7,
    };

    const rows = await functionLoad(subject, { runtimeClient: RUNTIME_CLIENT, calls: 50 });

    expect(rows.slice(0, 2)).toMatchObject([
      { name: 'until 5', calls: 5, errors: {} },
      { name: 'until 10', calls: 5, errors: { 'wrong answer': 1 } },
    ]);
    expect(rows).toHaveLength(10);
  });
});

test('the table of a load test has a line for each row, and measures the growth of the memory from the middle of the test', () => {
  expect(loadTable('gateway', [row()])).toContain(
    '| read, 10 connections | 2,000 | 1 rate_limited | 251 | 9.6 ms | 20.0 ms | 80 MB | 12.0 MB | 12 |',
  );
  const memory = [50, 60, 70, 80, 80, 80, 80, 82, 84, 84].map((mb) => row({ heapBytes: mb * 1e6 }));
  expect(lateGrowth(memory)).toBeCloseTo(0.05);
});
