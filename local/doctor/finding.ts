/** The result of one check. */
export type Finding =
  | { verdict: 'ok' | 'not checked'; text: string }
  /** `fix` shows the operator how to fix it. */
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

/** Formats a finding as a line of text. A fault has a second line with its fix. */
export function describeFinding(finding: Finding): string {
  const line = finding.verdict.padEnd(COLUMN_WIDTH) + finding.text;
  return finding.verdict === 'FAULT' ? `${line}\n${' '.repeat(COLUMN_WIDTH)}${finding.fix}` : line;
}

/** The advice if Scalekit itself fails. */
export const LATER_FIX = "Run this again later. If the error persists, ask Scalekit's support.";
