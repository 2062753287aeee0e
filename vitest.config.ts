import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { bundledTests } from './test/support/bundled-tests.ts';

// The calls in these tests have short time limits. These tests therefore run while no others run.
const HURRIED = [
  'test/lib/error-table.test.ts',
  'test/lib/surfaces/all-surfaces.test.ts',
  'test/lib/writes/killed-environment.test.ts',
];
// These tests change Node.js modules or the cache of imports. The change would affect all later tests in the same
// process.
const ISOLATED = ['test/lib/lambda-handler.test.ts', 'test/lib/aws/aws-{access,service}.test.ts'];
// The tests of `npm run test:full`: browsers, whole toolchains and documents, and many generated cases.
const FULL = [
  'functions/*/test/{record,hostile-text,many-calls}.test.ts',
  'test/**/*.browser.test.ts',
  'test/{build,first-deployment,growth,serverless-3,templates}.test.ts',
  'test/docs/{contributing,documents,examples}.test.ts',
  'test/functions/recorded-shapes.test.ts',
  'test/lib/deploy/serverless/*.test.ts',
  'test/lib/mcp/{conformance,official-client}.test.ts',
  'test/lib/runtime/hostile-provider.property.test.ts',
  'test/lib/scalekit/{frozen-environment,scalekit-faults}.test.ts',
  'test/lib/schemas/openapi-validity.test.ts',
  'test/lib/telemetry/lambda-output.test.ts',
  'test/lib/text/text-growth.test.ts',
  'test/lib/writes/{at-most-once,crash-points}.test.ts',
  'test/local/{demo,doctor,invoke,mcp,mcp-ports,sdk-alone,start-stack}.test.ts',
  'test/local/eval/*.test.ts',
  'test/local/reload/npm-start.test.ts',
  'test/scripts/{add-groups,bench/**/*,fork,help,new,pack,schemas,screenshots}.test.ts',
];
// These tests send requests to Scalekit. `npm run test:full` runs them a second time from a bundle that was made like
// a deployment's bundle: the esbuild plugin has removed some modules.
const BUNDLED = 'test/lib/scalekit/*.test.ts';
// The slowest test files. Vitest orders a file by its size if it does not know how long the file takes.
const LONGEST =
  /\/(?:test\/(?:docs\/(?:contributing|documents)|local\/verify\/verify-tools|scripts\/(?:fork|new)|templates)|slack\/test\/(?:catch-up-channel|list-unread))\.test\.ts$/;
const PROCESSORS = availableParallelism();

/**
 * Starts the shortest file, and then repeatedly one long file and three shorter files. Results then appear within
 * seconds, and a run does not end with a long file.
 */
class LongWithShort extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = (await super.sort(files)).sort(
      (one, other) => Number(LONGEST.test(other.moduleId)) - Number(LONGEST.test(one.moduleId)),
    );
    const shortest = sorted.splice(-1);
    const long = sorted.splice(0, Math.ceil(sorted.length / 4));
    const turns = long.flatMap((file, index) => [file, ...sorted.slice(3 * index, 3 * index + 3)]);
    return [...shortest, ...turns];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongWithShort },
    // The projects, in the order of `groupOrder`. `npm test` runs the first three projects, and `npm run test:full`
    // runs the others.
    projects: [
      {
        extends: true,
        test: {
          name: 'tools',
          include: ['{functions,test}/**/*.test.ts'],
          exclude: [...HURRIED, ...ISOLATED, ...FULL],
          // All test files share one process and its modules, because importing the modules and starting the local
          // stack takes longer than most tests. A test therefore restores every global value that it changes.
          isolate: false,
          // There can be more workers than processors, because most of these tests mainly wait for a backoff or a
          // time-out.
          maxWorkers: 2 * PROCESSORS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ISOLATED,
          maxWorkers: 2 * PROCESSORS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'hurried', include: HURRIED, maxWorkers: PROCESSORS, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'full',
          include: FULL,
          isolate: false,
          maxWorkers: PROCESSORS,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        plugins: [bundledTests(BUNDLED)],
        test: {
          name: 'bundled',
          include: [BUNDLED],
          isolate: false,
          // Like the tests of `tools`, these tests mainly wait.
          maxWorkers: 2 * PROCESSORS,
          sequence: { groupOrder: 3 },
        },
      },
    ],
    setupFiles: ['test/support/log-provider-calls.ts'],
    // Vitest must import CommonJS modules in the same way as Node.js and the bundle.
    deps: { interopDefault: false },
    // The first test of a file starts the local stack.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The settings of `npm test -- --coverage`.
    coverage: {
      include: ['{functions,lib,local}/**/*.{ts,js}'],
      // Tests start these files as separate processes. Coverage is not measured there.
      exclude: [
        'functions/*/test/**',
        // The page and its tests run in a browser.
        'local/console/page/**',
        'local/{demo,doctor,eval,invoke,mcp,start,report-start-failure,verify}.ts',
        'local/command-line/scalekit-settings.ts',
        'local/invoke/record-call.ts',
        'local/record/fixture-file.ts',
        'local/reload/{fresh-imports,tool-files,tool-reloader}.ts',
        'lib/{deploy/serverless/*.js,esbuild-plugin.ts}',
      ],
      reporter: [['text', { skipFull: true }]],
      // Each threshold is up to one per cent below the measured coverage. Untested new code therefore fails, but a
      // branch that depends on timing does not. `npm run test:coverage` compares the coverage of both runs together
      // with the thresholds.
      ...(!process.env.COVERAGE_OF_PART && {
        thresholds: { statements: 97, branches: 92, functions: 98, lines: 98 },
      }),
    },
  },
});
