import * as z from 'zod';

// Checks nothing; a copy of the schema keeps it.
const ID_INPUT_MARK = z.check<string>(() => undefined);
const ID_LENGTH_MAX = 1024;

/** What an {@link idInput} or a {@link readInput} takes besides its description. */
interface TextRule {
  /** What the text must match once it is read. */
  pattern: RegExp;
  /** What to send instead, and which tool gives it, for the error: `must be …`. */
  expected: string;
  /** The most characters. */
  maximum?: number;
}

/**
 * An input field for an ID. Spaces around it are removed, and every surface also takes it as a number.
 * @param description what it identifies and which tool gives it, for the model
 * @param rule the form of the ID, and what the error says if it has another one
 */
export function idInput(description: string, rule: TextRule) {
  return readInput(description, (value) => value, rule).check(ID_INPUT_MARK);
}

/** Returns whether a schema was made by `idInput` or `numberedInput`; descriptions and the like do not change that. */
export function takesNumber(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodString && Boolean(schema.def.checks?.includes(ID_INPUT_MARK));
}

/**
 * An input field that can also be read from what people paste, such as a link.
 * @param description what to send, for the model
 * @param read returns the canonical form of a trimmed text, or the text itself if it is something else
 * @param rule what the canonical form looks like, and what the error says otherwise
 */
export function readInput(
  description: string,
  read: (trimmed: string) => string,
  { pattern, expected, maximum = ID_LENGTH_MAX }: TextRule,
) {
  return z
    .string({ error: expected })
    .overwrite((value) => read(value.trim()))
    .refine((value) => value.length <= maximum && pattern.test(value), { error: expected })
    .describe(description);
}

/**
 * An input field for text that people wrote or will read. It is kept exactly as it came, but may not be blank.
 * @param description what it is, for the model
 * @param maximum the most characters, in UTF-16 units
 */
export function textInput(description: string, maximum: number) {
  return z
    .string()
    .min(1, { error: 'must not be empty', abort: true })
    .max(maximum)
    .refine((value) => value.trim() !== '', { error: 'must hold more than spaces' })
    .describe(description);
}

const ADDRESS = /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/;
const WITH_NAME = /^.*<([^<>]*)>$/s;
const MAILTO = /^mailto:/i;
const ADDRESS_LENGTH_MAX = 254;

/** An input field for an e-mail address; a display name around it (`Ada <ada@example.com>`) is removed. */
export function emailInput(description: string) {
  return readInput(description, emailAddressOf, {
    pattern: ADDRESS,
    expected: 'must be one e-mail address, such as name@example.com',
    maximum: ADDRESS_LENGTH_MAX,
  });
}

/** Returns the e-mail address in a text such as `Ada <ada@example.com>`, or the text itself. */
export function emailAddressOf(text: string): string {
  return (WITH_NAME.exec(text)?.[1] ?? text).trim().replace(MAILTO, '');
}
