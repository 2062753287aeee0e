import { type Candidate, ToolError } from 'scalekit-lambda-tools';

/**
 * Chooses the one thing that an input means.
 * @param field the input's field
 * @param what the things are, such as `a contact`
 * @param exact those that fit exactly
 * @param similar those that fit in part, which are only offered
 * @throws ToolError `invalid_input` with candidates unless exactly one fits; `not_found` without any
 */
export function theOne(
  field: string,
  what: string,
  exact: readonly Candidate[],
  similar: readonly Candidate[],
): string {
  const [only, other] = exact;
  if (only && !other) return only.value;
  const candidates = [...(exact.length > 0 ? exact : similar)];
  if (candidates.length === 0) {
    throw new ToolError('not_found', {
      message: `HubSpot has nothing of this name that the account can see. Ask the user for the exact name of ${what}.`,
      details: [{ path: field, issue: 'names nothing in HubSpot' }],
    });
  }
  throw new ToolError('invalid_input', {
    message: `This does not name exactly one thing. Ask the user which one is meant, and send its value.`,
    details: [{ path: field, issue: `must name exactly one: ${what}`, candidates }],
  });
}

/** Returns whether two texts are the same but for case and spaces around them. */
export function isSameText(one: string | null | undefined, other: string): boolean {
  return one?.trim().toLowerCase() === other.trim().toLowerCase();
}
