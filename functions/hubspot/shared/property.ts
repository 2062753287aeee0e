import { providerTime } from 'scalekit-lambda-tools';
import * as z from 'zod';

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** A property of a record: always text; null, empty or absent if it has no value. */
export const textProperty = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);

export const numberProperty = textProperty.transform((value) => {
  const number = Number(value);
  return value === null || !Number.isFinite(number) ? null : number;
});

/** A time as ISO 8601, or in milliseconds. */
export const timeProperty = z
  .union([z.literal(''), z.null(), providerTime(), providerTime('milliseconds')])
  .optional()
  .transform((value) => value || null);

/** A day, which HubSpot writes as a day, as its midnight in UTC, or as that in milliseconds. */
export const dayProperty = z.union([z.literal(''), z.null(), timeProperty]).transform((value) => {
  const [day = null] = DAY.exec(value ?? '') ?? [];
  return day;
});
