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

/** A {@link TextRule} of an ID, which people may paste in another form. */
interface IdRule extends TextRule {
  /** Returns the ID in a trimmed text, such as a link, or the text itself. */
  read?: (trimmed: string) => string;
}

/**
 * An input field for an ID. Spaces around it are removed, and every surface also takes it as a number.
 * @param description what it identifies and which tool gives it, for the model
 * @param rule the form of the ID, how to read it from a link, and what the error says if it has another form
 */
export function idInput(description: string, { read = (value) => value, ...rule }: IdRule) {
  return readInput(description, read, rule).check(ID_INPUT_MARK);
}

/** How a text is read that means something only together with the other fields, such as the address of a branch. */
interface ReaderBeside {
  /**
   * Returns what a trimmed text stands for, as text; undefined if it is something else or contradicts another field.
   * @param input the other fields as they came
   */
  read: (trimmed: string, input: Readonly<Record<string, unknown>>) => string | undefined;
  /** What to send instead, for the error: `must be …`. */
  expected: string;
}

const READERS_BESIDE = new WeakMap<object, ReaderBeside>();

function markOf<Value>(reader: ReaderBeside) {
  const mark = z.check<Value>(() => undefined);
  READERS_BESIDE.set(mark, reader);
  return mark;
}

/** Returns how the runtime reads the texts of a field together with the other fields, or undefined if it does not. */
export function readerBesideOf(schema: z.core.$ZodType): ReaderBeside | undefined {
  if (!(schema instanceof z.ZodNumber || schema instanceof z.ZodString)) return undefined;
  return schema.def.checks?.map((check) => READERS_BESIDE.get(check)).find((reader) => reader !== undefined);
}

/**
 * An input field like {@link readInput}, whose text is read together with the other fields.
 * @param description what to send, for the model
 * @param read see {@link ReaderBeside}
 * @param rule what the canonical form looks like, and what the error says otherwise
 */
export function readBesideInput(description: string, read: ReaderBeside['read'], rule: TextRule) {
  const { expected } = rule;
  return readInput(description, (value) => value, rule).check(markOf<string>({ read, expected }));
}

/** What an {@link integerInput} takes besides its description. */
interface IntegerRule extends ReaderBeside {
  minimum: number;
  maximum: number;
}

/**
 * An input field for an integer that people also paste in another form, such as a link. Models send an integer.
 * @param description what it is, for the model
 * @param rule its bounds, how to read it from a text, and what the error says otherwise
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

/** Returns whether a schema was made by `idInput`; descriptions and the like do not change that. */
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
