import * as z from 'zod';
import { cleanText } from '../text/clean-text.ts';

// Marks a schema as an ID. The check accepts every value. Copies of the schema keep their checks and therefore the
// mark.
const ID_INPUT_MARK = z.check<string>(() => undefined);
const ID_LENGTH_MAX = 1024;

/** The rules of an {@link idInput} or a {@link readInput}. */
interface TextRule {
  /** The pattern that the text must match after `read` has converted it. */
  pattern: RegExp;
  /** An error message that states the expected value and the tool that returns it: `must be …`. */
  expected: string;
  /** The maximum length in characters. */
  maximum?: number;
}

/** The rules of an ID. People may paste the ID in another format, such as a link. */
interface IdRule extends TextRule {
  /** Returns the ID that a trimmed text contains, for example a link. Returns any other text unchanged. */
  read?: (trimmed: string) => string;
}

/**
 * An input field for an ID. Spaces around the ID are removed. Every surface also accepts a number.
 * @param description shows the model which thing the ID identifies, and which tool returns the ID
 * @param rule the pattern of the ID, a function that finds the ID in a link, and the error message for any other text
 */
export function idInput(description: string, { read = (value) => value, ...rule }: IdRule) {
  return readInput(description, read, rule).check(ID_INPUT_MARK);
}

/**
 * A reader for texts that also depend on the other fields. For example, the URL of a branch can contradict the field
 * `repository`.
 */
interface ReaderBeside {
  /**
   * Returns the value that a trimmed text stands for, as text. Returns undefined if the text is something else or
   * contradicts another field.
   * @param input the other fields, not parsed yet
   */
  read: (trimmed: string, input: Readonly<Record<string, unknown>>) => string | undefined;
  /** An error message that states the expected value: `must be …`. */
  expected: string;
}

const READERS_BESIDE = new WeakMap<object, ReaderBeside>();

function markOf<Value>(reader: ReaderBeside) {
  const mark = z.check<Value>(() => undefined);
  READERS_BESIDE.set(mark, reader);
  return mark;
}

/**
 * Returns the reader of a field that was made with `readBesideInput` or `integerInput`. Returns undefined for any
 * other field.
 */
export function readerBesideOf(schema: z.core.$ZodType): ReaderBeside | undefined {
  if (!(schema instanceof z.ZodNumber || schema instanceof z.ZodString)) return undefined;
  return schema.def.checks?.map((check) => READERS_BESIDE.get(check)).find((reader) => reader !== undefined);
}

/**
 * An input field like {@link readInput}, but the meaning of its text depends on the other fields.
 * @param description shows the model which value to send
 * @param read converts the text, as {@link ReaderBeside} describes
 * @param rule the canonical format, and the error message for any other text
 */
export function readBesideInput(description: string, read: ReaderBeside['read'], rule: TextRule) {
  const { expected } = rule;
  return readInput(description, (value) => value, rule).check(markOf<string>({ read, expected }));
}

/** The rules of an {@link integerInput}. */
interface IntegerRule extends ReaderBeside {
  minimum: number;
  maximum: number;
}

/**
 * An input field for an integer. Models send an integer. People may also paste a text that contains it, such as a
 * link.
 * @param description shows the model the meaning of the integer
 * @param rule the bounds, a function that finds the integer in a text, and the error message
 */
export function integerInput(description: string, { minimum, maximum, ...reader }: IntegerRule) {
  const { expected } = reader;
  return z
    .int({ error: expected })
    .min(minimum, { error: expected })
    .max(maximum, { error: expected })
    .check(markOf<number>(reader))
    .describe(description);
}

/** Returns true for a schema made by `idInput`, even if `describe` or a similar method copied the schema. */
export function takesNumber(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodString && Boolean(schema.def.checks?.includes(ID_INPUT_MARK));
}

/**
 * An input field that also accepts texts that people paste, such as a link.
 * @param description shows the model which value to send
 * @param read converts a trimmed text into the canonical format; returns any other text unchanged
 * @param rule the canonical format, and the error message for any other text
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
 * An input field for text that people wrote or will read. The text is not changed, but must not be blank.
 * @param description shows the model the meaning of the text
 * @param maximum the maximum length in UTF-16 units
 */
export function textInput(description: string, maximum: number) {
  return z
    .string()
    .min(1, { error: 'must not be empty', abort: true })
    .max(maximum)
    .refine(isVisible, { error: 'must hold more than spaces' })
    .describe(description);
}

/**
 * Returns true if a text contains a visible character. The Braille pattern without dots (U+2800) counts as invisible,
 * because it looks like a space.
 */
function isVisible(text: string): boolean {
  return cleanText(text).replaceAll('\u2800', '').trim() !== '';
}

const ADDRESS = /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/;
const WITH_NAME = /^.*<([^<>]*)>$/s;
const MAILTO = /^mailto:/i;
const ADDRESS_LENGTH_MAX = 254;

/** An input field for an e-mail address. A display name around it (`Ada <ada@example.com>`) is removed. */
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
