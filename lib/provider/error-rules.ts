import { AuthoringError } from '../errors/authoring-error.ts';
import type { ProviderErrorRule, ProviderFault } from './provider-errors.ts';

type Row = readonly [code: ProviderErrorRule['code'], names: readonly string[], message?: string];

/**
 * Builds the table of rules by the provider's error names.
 * @param rows one row per error code: the provider's error names, and a message with the next step. The message is
 * needed only if the code's default message is too general
 * @throws AuthoringError if a name is in more than one row
 */
export function errorRules(rows: readonly Row[]): Record<string, ProviderErrorRule> {
  const pairs = rows.flatMap(([code, names, message]) =>
    names.map((name) => [name, { code, ...(message && { message }) }] as const),
  );
  const rules = new Map(pairs);
  if (rules.size < pairs.length) {
    const names = pairs.map(([name]) => name);
    const repeated = names.filter((name, index) => names.indexOf(name) < index);
    throw new AuthoringError(`The table of errors has more than one rule for ${repeated.join(', ')}.`);
  }
  return Object.fromEntries(rules);
}

/** A pattern whose first group is the name of a field, and the type of fault in this field. */
export type FaultPattern = readonly [pattern: RegExp, fault: ProviderFault['fault']];

/**
 * Returns the fault that a provider's error describes only in a sentence. The first pattern that matches decides.
 * @param text the provider's sentence. An agent never sees it, except the name of a field that we know
 * @returns one fault, or an empty list
 */
export function faultsInText(text: string, patterns: readonly FaultPattern[]): ProviderFault[] {
  for (const [pattern, fault] of patterns) {
    const match = pattern.exec(text);
    if (match) return [{ field: match[1], fault }];
  }
  return [];
}
