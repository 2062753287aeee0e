import type { ProviderFault } from './provider-errors.ts';

/** What a text looks like, with the name of the field as its first group; and what is wrong with that field. */
export type FaultPattern = readonly [pattern: RegExp, fault: ProviderFault['fault']];

/**
 * The fault that a provider tells in a sentence alone, by the first pattern that it fits.
 * @param text the provider's sentence; nothing of it is told but the name of a field that is known
 * @returns one fault, or none
 */
export function faultsInText(text: string, patterns: readonly FaultPattern[]): ProviderFault[] {
  for (const [pattern, fault] of patterns) {
    const match = pattern.exec(text);
    if (match) return [{ field: match[1], fault }];
  }
  return [];
}
