import type * as z from 'zod';
import { readerBesideOf, takesNumber } from '../contract/inputs.ts';
import { arrayElementOf, leavesOf, readText, takesText, UnreadableText } from '../contract/read-text.ts';
import type { ErrorDetail } from '../errors/tool-error.ts';

type Schema = z.core.$ZodType;

/** The value of one field, or its fault. */
type Coerced = { value: unknown } | { issue: string } | 'absent';

const EMPTY_OPTIONAL = 'is empty; leave it out';
const INEXACT_ID = 'is too long for a number; send it as text, in quotes';

/**
 * Converts a value that has another type than its field, if it can be read in only one way. Models send numbers and
 * booleans as text, arrays and objects as JSON text, and IDs as numbers. The schema validates the result afterwards.
 * @param schema the tool's input schema
 * @param raw the received input; returned unchanged if it is not an object
 * @returns the input, and the faults of the fields that cannot be read
 */
export function coerceInput(schema: z.ZodObject, raw: unknown): { input: unknown; details: ErrorDetail[] } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return { input: raw, details: [] };
  const details: ErrorDetail[] = [];
  const input = { ...raw };
  const entries = Object.entries(raw).flatMap(([key, value]): [string, unknown][] => {
    const field = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
    const coerced = field ? coerceField(field, value, input) : { value };
    if (coerced === 'absent') return [];
    if ('value' in coerced) return [[key, coerced.value]];
    details.push({ path: key, issue: coerced.issue });
    return [];
  });
  return { input: Object.fromEntries(entries), details };
}

function coerceField(field: z.ZodType, value: unknown, input: Readonly<Record<string, unknown>>): Coerced {
  const isOptional = field._zod.optin === 'optional';
  if (value === null) return isOptional ? 'absent' : { value };
  if (value === '' && isOptional && !field.safeParse(value).success) return { issue: EMPTY_OPTIONAL };
  if (typeof value === 'string') return coerceText(field, readBeside(field, value, input), isOptional);
  if (typeof value === 'number') return coerceNumber(field, value);
  const element = arrayElementOf(field);
  if (!element || !Array.isArray(value)) return { value };
  const items = value.map((item) =>
    typeof item === 'number' ? coerceNumber(element, item) : { value: item },
  );
  const fault = items.find((item) => 'issue' in item);
  return fault ?? { value: items.map((item) => ('value' in item ? item.value : undefined)) };
}

function coerceText(field: Schema, text: string | { issue: string }, isOptional: boolean): Coerced {
  if (typeof text !== 'string') return text;
  if (takesText(field)) return { value: text };
  try {
    const value = readText(field, text);
    if (value === null && isOptional) return 'absent';
    // The text is empty here. We leave it to the schema, whose error states what the required field should contain.
    return { value: value === undefined ? text : value };
  } catch (error) {
    if (error instanceof UnreadableText) return { issue: error.message };
    throw error;
  }
}

/**
 * Reads a text whose meaning depends on the other fields, such as the URL of a branch. Returns the text of any other
 * field unchanged.
 */
function readBeside(
  field: Schema,
  text: string,
  input: Readonly<Record<string, unknown>>,
): string | { issue: string } {
  const reader = leavesOf(field).map(readerBesideOf).find(Boolean);
  if (!reader || text.trim() === '') return text;
  return reader.read(text.trim(), input) ?? { issue: reader.expected };
}

function coerceNumber(field: Schema, value: number): { value: unknown } | { issue: string } {
  if (!leavesOf(field).some(takesNumber)) return { value };
  return Number.isSafeInteger(value) ? { value: String(value) } : { issue: INEXACT_ID };
}
