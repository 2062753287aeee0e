/** A fault that a judge reports. */
export interface Finding {
  /** The rule and the place, such as `AwsSolutions-S1: ServerlessDeploymentBucket`. */
  finding: string;
  /** Anything that helps to reproduce it. */
  detail?: string;
}

/** A finding that stays. */
export interface AcceptedFinding {
  /** The text of the finding. A `*` stands for any characters. */
  finding: string;
  /** Why it is right as it is. */
  reason: string;
}

export interface Comparison {
  /** Findings that nobody has accepted. */
  unaccepted: Finding[];
  /** Accepted findings that no longer occur, which must leave the list. */
  outdated: AcceptedFinding[];
}

/** Compares the findings of a judge with those that are accepted. */
export function compareFindings(
  findings: readonly Finding[],
  accepted: readonly AcceptedFinding[],
): Comparison {
  const known = accepted.map((entry) => ({ entry, pattern: patternOf(entry) }));
  return {
    unaccepted: findings.filter(({ finding }) => !known.some(({ pattern }) => pattern.test(finding))),
    outdated: known
      .filter(({ pattern }) => !findings.some(({ finding }) => pattern.test(finding)))
      .map(({ entry }) => entry),
  };
}

function patternOf({ finding }: AcceptedFinding): RegExp {
  const literals = finding.split('*').map((text) => text.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`, 's');
}
