import type { TestResult, WireResults } from './run-wire-tests.ts';

const LABEL_WIDTH = 'DIFFERS  '.length;

/** What the tests say about a version of the SDK, for a person. */
export function describeResults({ comparisons, others }: WireResults): string {
  const failed = others.filter(isFailure);
  const passed = `${others.length - failed.length} of the ${others.length} tests against the emulated Scalekit pass`;
  return [
    ...linesOf(comparisons, { passed: 'same', failed: 'DIFFERS' }),
    '',
    failed.length === 0 ? `${passed}.` : `${passed}; these do not:`,
    ...linesOf(failed, { passed: '', failed: 'FAILS' }),
  ].join('\n');
}

export function isSame({ comparisons, others }: WireResults): boolean {
  return ![...comparisons, ...others].some(isFailure);
}

/** A reason that many tests share, such as a module that is not there, is given once. */
function linesOf(results: TestResult[], label: { passed: string; failed: string }): string[] {
  const given = new Set<string>();
  const line = (beginning: string, text: string) => `${beginning.padEnd(LABEL_WIDTH)}${text}`;
  return results.flatMap(({ name, failure }) => {
    if (failure === undefined) return line(label.passed, name);
    const failed = line(label.failed, name);
    if (given.has(failure)) return failed;
    given.add(failure);
    return [failed, line('', failure)];
  });
}

function isFailure({ failure }: TestResult): boolean {
  return failure !== undefined;
}
