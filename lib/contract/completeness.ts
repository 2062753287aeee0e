import * as z from 'zod';
import { cutText } from '../text/clean-text.ts';

const MISSING_MAX = 10;
const MISSING_LENGTH_MAX = 200;

// The budget does not shorten these sentences, because our own code writes them and they are short.
const sentence = z
  .string()
  .overwrite((value) => cutText(value, MISSING_LENGTH_MAX))
  .max(MISSING_LENGTH_MAX);

/** The output fields that state whether an output is complete. Spread them into `output`. */
export const completenessOutput = {
  is_complete: z.boolean().describe('False if something is missing.'),
  missing: z.array(sentence).max(MISSING_MAX).describe('What is missing, and why.'),
};

/**
 * Returns the values of {@link completenessOutput}.
 * @param missing one short sentence per missing thing; empty strings, null, undefined and false are skipped
 */
export function completeness(missing: readonly (string | false | null | undefined)[]) {
  const sentences = [
    ...new Set(missing.filter((sentence) => typeof sentence === 'string' && sentence !== '')),
  ];
  return { is_complete: sentences.length === 0, missing: sentences.slice(0, MISSING_MAX).map(String) };
}
