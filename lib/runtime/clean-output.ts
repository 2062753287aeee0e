import * as z from 'zod';
import { isId } from '../contract/fields.ts';
import { cleanText } from '../text/clean-text.ts';

/** Cleans all texts of an output. Only IDs stay unchanged: fields whose schema was made by `id`. */
export function cleanOutput(value: unknown, schema: z.core.$ZodType | undefined): unknown {
  const inner = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (typeof value === 'string') return inner && isId(inner) ? value : cleanText(value);
  if (Array.isArray(value)) {
    const element = inner instanceof z.ZodArray ? inner.element : undefined;
    const clean = value.map((item) => cleanOutput(item, element));
    return clean.every((item, index) => item === value[index]) ? value : clean;
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const shape: Record<string, z.core.$ZodType> = inner instanceof z.ZodObject ? inner.shape : {};
  const entries = Object.entries(value);
  // Most texts need no cleaning, so most objects are returned without a copy.
  const changed = entries.flatMap(([key, child]): [string, unknown][] => {
    const clean = cleanOutput(child, shape[key]);
    return clean === child ? [] : [[key, clean]];
  });
  return changed.length === 0 ? value : Object.fromEntries([...entries, ...changed]);
}
