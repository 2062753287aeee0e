import type { ProviderFault } from './provider-errors.ts';

/** A pattern whose first group is the name of a field, and the fault of that field. */
export type FaultPattern = readonly [pattern: RegExp, fault: ProviderFault['fault']];

/**
 * Returns the fault that a provider reports only as a sentence. The first matching pattern decides.
 * @param text the provider's sentence; only the name of a known field is ever shown
 * @returns one fault, or an empty list
 */
export function faultsInText(text: string, patterns: readonly FaultPattern[]): ProviderFault[] {
  for (const [pattern, fault] of patterns) {
    const match = pattern.exec(text);
    if (match) return [{ field: match[1], fault }];
  }
  return [];
}
