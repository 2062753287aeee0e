import type { Comparison } from './compare-findings.ts';

/** The result of one judge. */
export interface Verdict {
  name: string;
  seconds: number;
  /** A description of what the judge checked, or the reason why the judge could not run. */
  judged: string;
  /** The number of findings, including accepted findings. */
  findings: number;
  comparison: Comparison;
  /** True if the judge could not run. */
  isBroken: boolean;
}

const HEADINGS = ['judge', 'findings', 'new', 'outdated', 'seconds', 'judged'];

/** Returns a table of all verdicts for a terminal. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const rows = [HEADINGS, ...verdicts.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowOf({ name, findings, comparison, seconds, judged, isBroken }: Verdict): string[] {
  const counts = [findings, comparison.unaccepted.length, comparison.outdated.length];
  return [name, ...counts.map((count) => (isBroken ? '-' : String(count))), seconds.toFixed(0), judged];
}

/** Returns a text with everything that must be fixed or accepted; empty if there is nothing. */
export function describeFaults(verdicts: readonly Verdict[]): string {
  return verdicts.flatMap(faultsOf).join('\n');
}

function faultsOf({ name, judged, comparison, isBroken }: Verdict): string[] {
  if (isBroken) return [`${name} could not judge: ${judged}`];
  return [
    ...comparison.unaccepted.map(
      ({ finding, detail }) => `${name}, new finding: ${finding}${detail ? `\n  ${detail}` : ''}`,
    ),
    ...comparison.outdated.map(
      ({ finding }) =>
        `${name}, no longer found: ${finding}\n  Remove it from scripts/judges/accepted-findings.ts.`,
    ),
  ];
}
