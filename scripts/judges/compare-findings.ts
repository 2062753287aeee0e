/** A fault that a judge reports. */
export interface Finding {
  /** The rule and the place, such as `AwsSolutions-S1: ServerlessDeploymentBucket`. */
  finding: string;
  /** Details that help to reproduce the fault. */
  detail?: string;
}

/** A finding that is not fixed, because there is a reason for it. */
export interface AcceptedFinding {
  /** The text of the finding. A `*` stands for any characters. */
  finding: string;
  /** Why the finding needs no fix. */
  reason: string;
}

export interface Comparison {
  /** Findings that are not in the list of accepted findings. */
  unaccepted: Finding[];
  /** Entries of the list that were not found in this run. They must be removed from the list. */
  outdated: AcceptedFinding[];
}

/** Compares the findings of a judge with the accepted findings. */
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
