import * as z from 'zod';
import { cleanText } from '../text/clean-text.ts';

// A check that accepts everything. Copies of a schema keep it, so it works as a mark.
const ID_INPUT_MARK = z.check<string>(() => undefined);
const ID_LENGTH_MAX = 1024;

/** The rules of an {@link idInput} or a {@link readInput}. */
interface TextRule {
  /** The text must match this after it was read. */
  pattern: RegExp;
  /** The value to send instead, and the tool that returns it, as an error message: `must be …`. */
  expected: string;
  /** The maximum length in characters. */
  maximum?: number;
}

/** The rules of an ID, which people may paste in another form. */
interface IdRule extends TextRule {
  /** Returns the ID in a trimmed text, such as a link, or the text itself. */
  read?: (trimmed: string) => string;
}

/**
 * An input field for an ID. Spaces around it are removed, and every surface also accepts it as a number.
 * @param description what it identifies and which tool returns it, for the model
 * @param rule the form of the ID, how to read it from a link, and the error message for any other form
 */
export function idInput(description: string, { read = (value) => value, ...rule }: IdRule) {
  return readInput(description, read, rule).check(ID_INPUT_MARK);
}

/** Reads a text that needs the other fields to be understood, such as the URL of a branch. */
interface ReaderBeside {
  /**
   * Returns the meaning of a trimmed text, as text; undefined if it is something else or contradicts another field.
   * @param input the other fields, not parsed yet
   */
  read: (trimmed: string, input: Readonly<Record<string, unknown>>) => string | undefined;
  /** The value to send instead, as an error message: `must be …`. */
  expected: string;
}

const READERS_BESIDE = new WeakMap<object, ReaderBeside>();

function markOf<Value>(reader: ReaderBeside) {
  const mark = z.check<Value>(() => undefined);
  READERS_BESIDE.set(mark, reader);
  return mark;
}

/** Returns the reader of a field whose texts need the other fields, or undefined for any other field. */
export function readerBesideOf(schema: z.core.$ZodType): ReaderBeside | undefined {
  if (!(schema instanceof z.ZodNumber || schema instanceof z.ZodString)) return undefined;
  return schema.def.checks?.map((check) => READERS_BESIDE.get(check)).find((reader) => reader !== undefined);
}

/**
 * An input field like {@link readInput} whose text is read together with the other fields.
 * @param description what to send, for the model
 * @param read see {@link ReaderBeside}
 * @param rule the canonical form, and the error message for any other form
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
 * An input field for an integer that people also paste in another form, such as a link. Models send an integer.
 * @param description what it is, for the model
 * @param rule its bounds, how to read it from a text, and the error message
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

/** True for a schema made by `idInput`, also after `describe` and the like. */
export function takesNumber(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodString && Boolean(schema.def.checks?.includes(ID_INPUT_MARK));
}

/**
 * An input field that can also be read from texts that people paste, such as a link.
 * @param description what to send, for the model
 * @param read returns the canonical form of a trimmed text, or the text itself if it is something else
 * @param rule the canonical form, and the error message for any other form
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
 * An input field for text that people wrote or will read. It is kept unchanged, but must not be blank.
 * @param description what it is, for the model
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

/** Returns whether a person sees something in a text. The pattern of Braille without dots is a space, too. */
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
