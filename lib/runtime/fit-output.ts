import type * as z from 'zod';
import { withTextScale } from '../contract/fields.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { cleanOutput } from './clean-output.ts';

// The maximum length of every text is multiplied by these factors, one after another, until the output fits. The last
// factor leaves 62 characters of 4,000.
const TEXT_SCALES = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64];

/**
 * Parses an output with its schema, and shortens its texts until the output fits.
 * @returns the output, or undefined if it does not fit even with the shortest texts
 * @throws SchemaMismatch if the output does not match its schema
 */
export function fitOutput(schema: z.ZodType, output: unknown, fits: (parsed: unknown) => boolean): unknown {
  for (const scale of TEXT_SCALES) {
    const parsed = withTextScale(scale, () => parseOutput(schema, output));
    if (fits(parsed)) return parsed;
  }
  return undefined;
}

/** @throws SchemaMismatch */
export function parseOutput(schema: z.ZodType, output: unknown): unknown {
  const result = schema.safeParse(output);
  if (!result.success) throw new SchemaMismatch(schema, result.error);
  return cleanOutput(result.data, schema);
}

/** Returns the largest number from 0 to `maximum` that fits. If a number fits, all smaller numbers must also fit. */
export function largestThatFits(maximum: number, fits: (count: number) => boolean): number {
  if (fits(maximum)) return maximum;
  let [fitting, tooLarge] = [0, maximum];
  while (tooLarge - fitting > 1) {
    const middle = Math.floor((fitting + tooLarge) / 2);
    if (fits(middle)) fitting = middle;
    else tooLarge = middle;
  }
  return fitting;
}
