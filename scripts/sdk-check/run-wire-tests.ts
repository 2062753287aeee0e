import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { CheckError } from './check-error.ts';
import { runProgram } from './run-program.ts';

// All that speaks to the emulated Scalekit, which is made of the SDK's messages.
const TESTS = ['test/lib/scalekit', 'test/local/scalekit'];
const COMPARISONS = 'test/lib/scalekit/sdk-on-the-wire.test.ts';

const FileReport = z.object({
  name: z.string(),
  status: z.string(),
  message: z.string(),
  assertionResults: z.array(
    z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
  ),
});
type FileReport = z.output<typeof FileReport>;
const Report = z.object({ testResults: z.array(FileReport) });

export interface TestResult {
  name: string;
  /** The first line of its failure; undefined where it passed. */
  failure: string | undefined;
}

export interface WireResults {
  /** One for each thing that the SDK and this project say on the wire. */
  comparisons: TestResult[];
  others: TestResult[];
}

/**
 * Runs the tests of what goes over the wire, in a folder that has all they need.
 * @throws CheckError where there is no result
 */
export async function runWireTests(folder: string, signal: AbortSignal): Promise<WireResults> {
  const reportFile = join(folder, 'report.json');
  const { stdout, stderr } = await runProgram(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...TESTS, '--reporter=json', `--outputFile=${reportFile}`],
    { cwd: folder, signal, env: { ...process.env, NO_COLOR: '1' } },
  );
  const report = await readFile(reportFile, 'utf8').catch((cause) => {
    throw new CheckError(`The tests did not run: ${(stderr || stdout).trim()}`, { cause });
  });
  return readReport(report, folder);
}

function readReport(report: string, folder: string): WireResults {
  // Paths would be of a folder that is about to go; Vitest writes them with slashes on every system.
  const relative = report.replaceAll(`${folder.replaceAll('\\', '/')}/`, '');
  const files = Report.parse(JSON.parse(relative)).testResults;
  const comparisons = files.filter(({ name }) => name === COMPARISONS).flatMap(resultsOf);
  if (comparisons.length === 0) throw new CheckError(`${COMPARISONS} has no tests.`);

  const others = files
    .filter(({ name }) => name !== COMPARISONS)
    .flatMap((file) =>
      resultsOf(file).map(({ name, failure }) => ({ name: `${file.name}: ${name}`, failure })),
    );
  return { comparisons, others };
}

function resultsOf({ status, message, assertionResults }: FileReport): TestResult[] {
  const ended = assertionResults.filter((test) => test.status === 'passed' || test.status === 'failed');
  const results = ended.map((test) => ({
    name: test.fullName,
    failure: test.status === 'failed' ? firstLine(test.failureMessages?.[0]) : undefined,
  }));
  const isExplained = results.some(({ failure }) => failure !== undefined);
  // Such as a module that cannot be imported, which leaves no test to fail.
  if (status === 'failed' && !isExplained)
    results.push({ name: 'the whole file', failure: firstLine(message) });
  return results;
}

function firstLine(text = ''): string {
  return text.trim().split('\n', 1).join();
}
