import { AuthoringError } from '../errors/authoring-error.ts';
import type { ProviderErrorRule } from './provider-errors.ts';

type Row = readonly [code: ProviderErrorRule['code'], names: readonly string[], message?: string];

/**
 * Builds a table of rules by the provider's error names.
 * @param rows one per code: the provider's names for it, and a next step if the code's own message says too little
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
