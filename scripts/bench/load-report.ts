import type { LoadRow } from './load.ts';

const BYTES_PER_MB = 1_000_000;
const HEADER = ['calls', 'errors', 'calls per second', 'p50', 'p99', 'memory', 'heap', 'open sockets'];

/** Returns a table in Markdown. */
export function loadTable(title: string, rows: readonly LoadRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = [title, ...HEADER];
  const body = rows.map((row) => [
    row.name,
    row.calls.toLocaleString('en'),
    errorsOf(row),
    row.callsPerSecond.toFixed(0),
    `${row.p50Ms.toFixed(1)} ms`,
    `${row.p99Ms.toFixed(1)} ms`,
    `${(row.residentBytes / BYTES_PER_MB).toFixed(0)} MB`,
    `${(row.heapBytes / BYTES_PER_MB).toFixed(1)} MB`,
    String(row.sockets),
  ]);
  return [line(header), line(header.map(() => '---')), ...body.map(line)].join('\n');
}

function errorsOf({ errors }: LoadRow): string {
  const texts = Object.entries(errors).map(([code, number]) => `${number} ${code}`);
  return texts.join(', ') || '0';
}

/**
 * Returns how much the heap of a function grew in the second half of its calls. The result is `a / b - 1`: `a` is the
 * median of the last three rows, and `b` is the median of the three middle rows.
 */
export function lateGrowth(rows: readonly LoadRow[]): number {
  const middle = Math.floor(rows.length / 2);
  const median = (part: readonly LoadRow[]) => {
    const sorted = part.map((row) => row.heapBytes).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return median(rows.slice(-3)) / median(rows.slice(middle - 1, middle + 2)) - 1;
}
