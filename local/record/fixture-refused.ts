/** Something that keeps a recording from becoming a file. */
export interface Finding {
  kind: string;
  /** Such as `exchanges[0].answer.body.json.items[2].note`; never the value itself. */
  place: string;
}

/** A recording that is not written, in a message for a person. */
export class FixtureRefusedError extends Error {
  override readonly name = 'FixtureRefusedError';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const lines = findings.map(({ kind, place }) => `  ${kind} at ${place}`);
    super(`The recording is not written. Found:\n${[...new Set(lines)].join('\n')}`);
    this.findings = findings;
  }
}
