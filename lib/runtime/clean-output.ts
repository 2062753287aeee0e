import * as z from 'zod';
import { isId } from '../contract/fields.ts';
import { cleanText } from '../text/clean-text.ts';

type Schema = z.core.$ZodType;

/** What of a schema decides how a value is cleaned. */
interface Form {
  isId: boolean;
  element: Schema | undefined;
  shape: Readonly<Record<string, Schema>>;
}

const NO_FORM: Form = { isId: false, element: undefined, shape: {} };
// To ask a schema of which kind it is takes longer than to clean a text.
const forms = new WeakMap<Schema, Form>();

/** An output in which every text is clean, whatever schema its author chose; only what is marked as an ID stays as it is. */
export function cleanOutput(value: unknown, schema: Schema | undefined): unknown {
  if (typeof value === 'string') return formOf(schema).isId ? value : cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const { element } = formOf(schema);
    const clean = value.map((item) => cleanOutput(item, element));
    return clean.every((item, index) => item === value[index]) ? value : clean;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const { shape } = formOf(schema);
  const entries = Object.entries(value);
  // Most texts are clean, so that most objects need no copy.
  const changed = entries.flatMap(([key, child]): [string, unknown][] => {
    const clean = cleanOutput(child, Object.hasOwn(shape, key) ? shape[key] : undefined);
    return clean === child ? [] : [[key, clean]];
  });
  return changed.length === 0 ? value : Object.fromEntries([...entries, ...changed]);
}

function formOf(schema: Schema | undefined): Form {
  if (!schema) return NO_FORM;
  const known = forms.get(schema);
  if (known) return known;
  const inner = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const form = {
    isId: isId(inner),
    element: inner instanceof z.ZodArray ? inner.element : undefined,
    shape: inner instanceof z.ZodObject ? inner.shape : {},
  };
  forms.set(schema, form);
  return form;
}
