import { providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

/** A property of a record: always text, and null, empty or absent where nothing is filled in. */
export const textProperty = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);

export const numberProperty = textProperty.transform((value) => {
  const number = Number(value);
  return value === null || !Number.isFinite(number) ? null : number;
});

export const timeProperty = z
  .union([z.literal(''), z.null(), providerTime()])
  .optional()
  .transform((value) => value || null);
