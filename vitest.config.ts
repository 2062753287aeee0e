import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// They run the whole toolchain in processes of their own, and would take the time from tests that have a deadline.
const HEAVY = ['test/package.test.ts', 'test/scripts/{new,newcomer,pack}.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'tools',
          include: ['test/**/*.test.ts'],
          exclude: HEAVY,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'toolchain', include: HEAVY, sequence: { groupOrder: 1 } } },
    ],
    // CommonJS is imported as Node and the bundle import it.
    deps: { interopDefault: false },
    // Most tests wait for something, be it a backoff or a time-out, more than they compute.
    maxWorkers: 2 * availableParallelism(),
    // The first test of a file starts the local stack.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // For `npm test -- --coverage`.
    coverage: {
      include: ['{functions,lib,local}/**/*.{ts,js}'],
      // Tests start these as processes of their own, into which the measurement does not see.
      exclude: [
        'local/{demo,doctor,invoke,mcp,start,report-start-failure}.ts',
        'local/command-line/live-settings.ts',
        'local/invoke/record-call.ts',
        'local/record/fixture-file.ts',
        'lib/deploy/functions.js',
      ],
      reporter: [['text', { skipFull: true }]],
      // Up to one per cent below what is measured: new code without tests fails, a branch that depends on timing does not.
      thresholds: { statements: 97, branches: 92, functions: 98, lines: 98 },
    },
  },
});
