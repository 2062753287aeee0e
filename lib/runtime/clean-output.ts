import * as z from 'zod';
import { isId } from '../contract/fields.ts';
import { cleanText } from '../text/clean-text.ts';

/** An output in which every text is clean, whatever schema its author chose; only what is marked as an ID stays as it is. */
export function cleanOutput(value: unknown, schema: z.core.$ZodType | undefined): unknown {
  const inner = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (typeof value === 'string') return inner && isId(inner) ? value : cleanText(value);
  if (Array.isArray(value)) {
    const element = inner instanceof z.ZodArray ? inner.element : undefined;
    return value.map((item) => cleanOutput(item, element));
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const shape: Record<string, z.core.$ZodType> = inner instanceof z.ZodObject ? inner.shape : {};
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, cleanOutput(child, shape[key])]),
  );
}
