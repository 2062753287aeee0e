import { type Candidate, ToolError } from '../errors/tool-error.ts';

/**
 * Returns the value of the only thing whose name equals the input, such as the ID of a contact.
 * @param field the name of the input field, which the error contains
 * @param thing the type of thing, such as `a contact`
 * @param exact the things whose name equals the input
 * @param similar the things to suggest if no name equals the input
 * @throws ToolError `invalid_input` with candidates if several names equal the input, or if only similar things exist;
 * `not_found` if there is nothing to suggest
 */
export function onlyMatch(
  field: string,
  thing: string,
  { exact, similar }: { exact: readonly Candidate[]; similar: readonly Candidate[] },
): string {
  const [only, another] = exact;
  if (only && !another) return only.value;
  const candidates = exact.length > 0 ? exact : similar;
  if (candidates.length === 0) {
    throw new ToolError('not_found', {
      message: `The account sees nothing with this name. Ask the user for the exact name of ${thing}.`,
      details: [{ path: field, issue: 'matches nothing that the account can see' }],
    });
  }
  throw new ToolError('invalid_input', {
    message: 'This does not name exactly one thing. Ask the user which one is meant, and send its value.',
    details: [{ path: field, issue: `must name exactly one: ${thing}`, candidates: [...candidates] }],
  });
}
