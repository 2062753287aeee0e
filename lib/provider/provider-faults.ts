import type * as z from 'zod';
import type { ErrorDetail } from '../errors/tool-error.ts';
import type { ProviderRequestOptions } from './provider-client.ts';
import { FAULT_ISSUES, type ProviderFault } from './provider-errors.ts';

// Enough to correct an input by.
const DETAILS_MAX = 20;
const NAMES_MAX = 1_000;
const FIELD_LENGTH_MAX = 200;
const NOT_IN_NAME = /[^\p{L}\p{N}_]+/u;

/**
 * The values that a provider refuses, in our own words. A name of the provider's is shown only if we know it:
 * as a field of the tool's input, or as a key that was sent.
 */
export function faultDetails(faults: readonly ProviderFault[], names: readonly string[]): ErrorDetail[] {
  const known = new Map(names.map((name) => [normalised(name), name]));
  const details = faults.map(({ field = '', fault, issue }) => {
    // Such as `properties.email`, or `/labels`: the innermost known name is the best one.
    const named = field
      .slice(0, FIELD_LENGTH_MAX)
      .split(NOT_IN_NAME)
      .findLast((part) => known.has(normalised(part)));
    return { path: (named && known.get(normalised(named))) ?? '', issue: issue ?? FAULT_ISSUES[fault] };
  });
  const distinct = new Map(details.map((detail) => [JSON.stringify(detail), detail]));
  return [...distinct.values()].slice(0, DETAILS_MAX);
}

/** The names that a request can be spoken of with: those of the tool's input go first. */
export function namesOf(
  input: Readonly<Record<string, unknown>>,
  { query, json, form }: ProviderRequestOptions<z.ZodType>,
): string[] {
  const names: string[] = [];
  const values: unknown[] = [json, form, query];
  // An array that grows while it is walked.
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) names.push(...Object.keys(value).slice(0, NAMES_MAX));
    if (values.length < NAMES_MAX) values.push(...Object.values(value).slice(0, NAMES_MAX));
  }
  // Of two names that normalise to one, the last one counts.
  return [...names.reverse(), ...Object.keys(input)];
}

/** `lastName`, `last_name` and `LastName` are one. */
function normalised(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
