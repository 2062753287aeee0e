import type { EvalResult } from './run-task.ts';

const NUMBER = new Intl.NumberFormat('en-US');

/** The table that `npm run eval` prints. The first column is as wide as the longest name of a task. */
export class EvalTable {
  readonly #nameWidth: number;

  constructor(tasks: readonly { name: string }[]) {
    this.#nameWidth = Math.max(...tasks.map(({ name }) => name.length));
  }

  get heading(): string {
    return this.#row('task', 'reached', 'calls', 'errors', 'tokens');
  }

  /** Returns the row of a result, with its faults below. */
  row(result: EvalResult): string {
    const { task, isReached, faults } = result;
    const rows = [this.#row(task, isReached ? 'yes' : 'no', ...countsOf([result]))];
    return [...rows, ...faults.map((fault) => `  ✗ ${fault}`)].join('\n');
  }

  /** Returns the last row, with the totals. */
  sum(results: readonly EvalResult[]): string {
    const reached = results.filter(({ isReached }) => isReached).length;
    return this.#row('all', `${reached} of ${results.length}`, ...countsOf(results));
  }

  #row(name: string, reached: string, calls: string, errors: string, tokens: string): string {
    const columns = [reached.padStart(9), calls.padStart(7), errors.padStart(8), tokens.padStart(12)];
    return name.padEnd(this.#nameWidth) + columns.join('');
  }
}

function countsOf(results: readonly EvalResult[]): [calls: string, errors: string, tokens: string] {
  const calls = results.flatMap((result) => result.calls);
  const errors = calls.filter(({ error }) => error !== null);
  const tokens = results.reduce((sum, { tokens: { input, output } }) => sum + input + output, 0);
  return [NUMBER.format(calls.length), NUMBER.format(errors.length), NUMBER.format(tokens)];
}
