/** What one check found. */
export type Finding =
  | { verdict: 'ok' | 'not checked'; text: string }
  /** `fix` says what a person does about it. */
  | { verdict: 'FAULT'; text: string; fix: string };

const COLUMN_WIDTH = 13;

export function ok(text: string): Finding {
  return { verdict: 'ok', text };
}

export function notChecked(text: string): Finding {
  return { verdict: 'not checked', text };
}

export function fault(text: string, fix: string): Finding {
  return { verdict: 'FAULT', text, fix };
}

/** A line for a person; of a fault two, the second with its fix. */
export function describeFinding(finding: Finding): string {
  const line = finding.verdict.padEnd(COLUMN_WIDTH) + finding.text;
  return finding.verdict === 'FAULT' ? `${line}\n${' '.repeat(COLUMN_WIDTH)}${finding.fix}` : line;
}

/** What helps against a fault of Scalekit's own. */
export const LATER_FIX = "Run this again later. If it stays, ask Scalekit's support.";
