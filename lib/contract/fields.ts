import * as z from 'zod';
import { cleanText, cutText } from '../text/clean-text.ts';

// Marks a schema as an ID. The check accepts every value. Copies of the schema keep their checks and therefore the
// mark.
const ID_MARK = z.check<string>(() => undefined);
const SHORTEST_TEXT = 16;
let textScale = 1;

/**
 * An output string that a person wrote. Invisible characters are removed. A longer text is cut and ends in `…`.
 * @param maximum the maximum length of the returned text, in UTF-16 units
 */
export function text(maximum: number) {
  return z
    .string()
    .overwrite((value) => shorten(value, scaled(maximum)))
    .max(maximum);
}

// A provider may send megabytes of text, and cleaning is slow. So we first cut the text to this multiple of the
// maximum.
const CLEANED_SHARE = 4;

function shorten(value: string, maximum: number): string {
  const near = cutText(value, maximum * CLEANED_SHARE);
  return cutText(cleanText(near), maximum);
}

function scaled(maximum: number): number {
  return Math.max(Math.min(SHORTEST_TEXT, maximum), Math.floor(maximum * textScale));
}

/** An output string that agents send back in later calls. It is returned exactly as the provider sent it. */
export function id() {
  return z.string().min(1).max(1024).check(ID_MARK);
}

/** Returns true for a schema made by `id`, even if `describe` or a similar method copied the schema. */
export function isId(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodString && Boolean(schema.def.checks?.includes(ID_MARK));
}

/**
 * Runs a synchronous parse in which `scale` multiplies the maximum of every `text`, so that the output fits into a
 * small budget.
 */
export function withTextScale<Result>(scale: number, parse: () => Result): Result {
  const before = textScale;
  textScale = scale;
  try {
    return parse();
  } finally {
    textScale = before;
  }
}
