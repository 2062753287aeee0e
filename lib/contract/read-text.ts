import * as z from 'zod';
import { parseJson } from '../text/json.ts';

/** A text that cannot be read as a value of its field. The message states the expected value. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
}

type Schema = z.core.$ZodType;

/** A type of value that a text can contain. */
interface Kind {
  takenBy(schema: Schema): boolean;
  /** Returns the value, or undefined if the text contains another type. */
  read(text: string, schema: Schema): unknown;
  expected: string;
}

const KINDS: readonly Kind[] = [
  { takenBy: (schema) => schema instanceof z.ZodNumber, read: readNumber, expected: 'a number, such as 5' },
  { takenBy: (schema) => schema instanceof z.ZodBoolean, read: readBoolean, expected: 'true or false' },
  {
    takenBy: (schema) => schema instanceof z.ZodArray,
    read: readArray,
    expected: 'a JSON array, such as ["a", "b"]',
  },
  {
    takenBy: (schema) => schema instanceof z.ZodObject || schema instanceof z.ZodRecord,
    read: readObject,
    expected: 'a JSON object, such as {"key": "value"}',
  },
];

/**
 * Reads a text as a value of a field. If the field accepts any string, the text is returned unchanged.
 * @returns undefined if the text is empty and the field does not accept strings; the value then counts as absent
 * @throws UnreadableText
 */
export function readText(field: Schema, text: string): unknown {
  const leaves = leavesOf(field);
  if (leaves.some(takesAnyText)) return text;
  const constants = leaves.flatMap(constantsOf);
  // The text `1` can mean the constant `'1'` or the constant `1`. If the field has both, we use the string.
  const constant = constants.includes(text) ? text : constants.find((value) => String(value) === text);
  if (constant !== undefined) return constant;

  const kinds = leaves.flatMap((leaf) => kindOf(leaf) ?? []);
  if (kinds.length > 0 || !constants.some(isText)) {
    if (text === '') return undefined;
    if (text === 'null') return null;
  }
  // The field accepts only constants. The validation error will list them.
  if (kinds.length === 0) return text;
  for (const leaf of leaves) {
    const value = kindOf(leaf)?.read(text, leaf);
    if (value !== undefined) return value;
  }
  throw new UnreadableText(`must be ${kinds.map(({ expected }) => expected).join(', or ')}`);
}

/** Returns true if a field accepts any string. The text of such a field must stay a string. */
export function takesText(field: Schema): boolean {
  return leavesOf(field).some(takesAnyText);
}

/** Returns the schema of an array's items, or undefined if the field does not accept arrays. */
export function arrayElementOf(field: Schema): Schema | undefined {
  return leavesOf(field).find((leaf) => leaf instanceof z.ZodArray)?.element;
}

/** Returns the schemas that decide which values a field accepts, without wrappers such as `optional`. */
export function leavesOf(schema: Schema): Schema[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(leavesOf);
  const inner = innerOf(schema);
  return inner ? leavesOf(inner) : [schema];
}

function innerOf(schema: Schema): Schema | undefined {
  // In a pipe that starts with a transform, such as a preprocess, the second schema decides. In any other pipe, the
  // first schema decides.
  if (schema instanceof z.ZodPipe) return schema.in instanceof z.ZodTransform ? schema.out : schema.in;
  const isAround =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly;
  return isAround ? schema.unwrap() : undefined;
}

function kindOf(leaf: Schema): Kind | undefined {
  return KINDS.find(({ takenBy }) => takenBy(leaf));
}

function constantsOf(leaf: Schema): unknown[] {
  if (leaf instanceof z.ZodLiteral) return [...leaf.values];
  if (leaf instanceof z.ZodEnum) return leaf.options;
  return leaf instanceof z.ZodNull ? [null] : [];
}

function takesAnyText(leaf: Schema): boolean {
  return constantsOf(leaf).length === 0 && !kindOf(leaf);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

function readNumber(text: string): number | undefined {
  const value = Number(text);
  if (!NUMBER.test(text.trim()) || !Number.isFinite(value)) return undefined;
  // JavaScript would round a larger integer to a different number.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value;
}

function readBoolean(text: string): boolean | undefined {
  const value = parseJson(text);
  return typeof value === 'boolean' ? value : undefined;
}

function readObject(text: string): unknown {
  const value = parseJson(text);
  return typeof value === 'object' && !Array.isArray(value) ? value : undefined;
}

/**
 * Reads a JSON array such as `["a", "b"]`, or a list such as `a, b`. If the field's items are strings, `[1, 2]` is
 * read as a list of the strings `1` and `2`.
 */
function readArray(text: string, schema: Schema): unknown {
  if (!(schema instanceof z.ZodArray)) return undefined;
  const leaves = leavesOf(schema.element);
  const takesTexts = leaves.some((leaf) => takesAnyText(leaf) || constantsOf(leaf).some(isText));
  const value = parseJson(text);
  if (Array.isArray(value) && (!takesTexts || value.every(isText))) return value;

  const isNested = leaves.some(
    (leaf) => kindOf(leaf)?.read === readArray || kindOf(leaf)?.read === readObject,
  );
  return isNested ? undefined : listItems(text)?.map((item) => readText(schema.element, item));
}

// We cannot split a list whose items contain these characters. For example, a quoted item may itself contain a comma.
const UNCLEAR = /["[\]{}]|^'|'$/;

/** Returns the items of a list such as `a, b` or `[a, b]`, or undefined if the items are ambiguous. */
function listItems(text: string): string[] | undefined {
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1] ?? text;
  const items = inner.split(',').map((item) => item.trim());
  return items.every((item) => item !== '' && !UNCLEAR.test(item)) ? items : undefined;
}
