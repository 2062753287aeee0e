import * as z from 'zod';
import { cleanText } from '../text/clean-text.ts';
import { cutText } from '../text/cut-text.ts';

// Checks nothing; a copy of the schema keeps it.
const ID_MARK = z.check<string>(() => undefined);
const SHORTEST_TEXT = 16;
let textScale = 1;

/**
 * An output string that a person wrote: invisible characters are removed, and what is longer is cut and ends in `…`.
 * @param maximum the longest that is given, in UTF-16 units
 */
export function text(maximum: number) {
  return z
    .string()
    .overwrite((value) => shorten(value, scaled(maximum)))
    .max(maximum);
}

// A provider may send megabytes: what lies far behind the end is not even cleaned.
const CLEANED_SHARE = 4;

function shorten(value: string, maximum: number): string {
  const near = cutText(value, maximum * CLEANED_SHARE);
  return cutText(cleanText(near), maximum);
}

function scaled(maximum: number): number {
  return Math.max(Math.min(SHORTEST_TEXT, maximum), Math.floor(maximum * textScale));
}

/** An output string that follow-up calls take back: given exactly as the provider has it. */
export function id() {
  return z.string().min(1).max(1024).check(ID_MARK);
}

/** Whether a schema was made by `id`; descriptions and the like do not change that. */
export function isId(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodString && Boolean(schema.def.checks?.includes(ID_MARK));
}

/** Runs a synchronous parse in which every `text` is cut at `scale` of its maximum, to fit a small budget. */
export function withTextScale<Result>(scale: number, parse: () => Result): Result {
  const before = textScale;
  textScale = scale;
  try {
    return parse();
  } finally {
    textScale = before;
  }
}
