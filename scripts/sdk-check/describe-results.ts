import type { TestResult, TransportResults } from './run-transport-tests.ts';

/** What the tests say about the SDK, for a person. */
export function describeResults({ assumptions, others }: TransportResults): string {
  const failed = others.filter(isFailure);
  const passed = `${others.length - failed.length} of the ${others.length} other tests of the transport pass`;
  return [
    ...linesOf(assumptions, { passed: 'holds', failed: 'BROKE' }),
    '',
    failed.length === 0 ? `${passed}.` : `${passed}; these do not:`,
    ...linesOf(failed, { passed: '', failed: 'FAILS' }),
  ].join('\n');
}

export function allHold({ assumptions, others }: TransportResults): boolean {
  return ![...assumptions, ...others].some(isFailure);
}

/** A reason that many tests share, such as a module that is not there, is given once. */
function linesOf(results: TestResult[], label: { passed: string; failed: string }): string[] {
  const given = new Set<string>();
  return results.flatMap(({ name, failure }) => {
    if (failure === undefined) return `${label.passed}  ${name}`;
    const line = `${label.failed}  ${name}`;
    if (given.has(failure)) return line;
    given.add(failure);
    return [line, `       ${failure}`];
  });
}

function isFailure({ failure }: TestResult): boolean {
  return failure !== undefined;
}
