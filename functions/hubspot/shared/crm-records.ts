import { lenientList, maybeText, providerTime, type ToolError } from 'scalekit-lambda-tools';
import * as z from 'zod';

const DAY = /^\d{4}-\d{2}-\d{2}/;
// HubSpot reads at most this many records in one request.
const BATCH_SIZE_MAX = 100;

/**
 * The value of a property, or null. HubSpot sends every value as text, and a missing value as null, as an
 * empty text, or not at all.
 */
export const textProperty = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);

export const numberProperty = textProperty.transform((value) => {
  const number = Number(value);
  return value === null || !Number.isFinite(number) ? null : number;
});

/** A time in ISO 8601 or in milliseconds since 1970. */
export const timeProperty = z
  .union([z.literal(''), z.null(), providerTime(), providerTime('milliseconds')])
  .optional()
  .transform((value) => value || null);

/**
 * A day, such as `2026-12-03`. HubSpot sends the day as text, or its midnight in UTC as ISO 8601 or in
 * milliseconds.
 */
export const dayProperty = z.union([z.literal(''), z.null(), timeProperty]).transform((value) => {
  const [day = null] = DAY.exec(value ?? '') ?? [];
  return day;
});

/** The errors in the response to a batch request. https://developers.hubspot.com/docs/api-reference/error-handling */
export const batchErrors = lenientList(z.object({ category: maybeText }));

/**
 * Returns whether HubSpot left out records that exist. `OBJECT_NOT_FOUND` does not count, because HubSpot
 * reports it for deleted records and for records without associations.
 */
export function isPartial(errors: z.output<typeof batchErrors>): boolean {
  return errors.some(({ category }) => category !== 'OBJECT_NOT_FOUND');
}

/** Splits a list into batches that one request can read. */
export function batchesOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH_SIZE_MAX) }, (_, index) =>
    items.slice(index * BATCH_SIZE_MAX, (index + 1) * BATCH_SIZE_MAX),
  );
}

/** Returns why some records are missing: the token lacks a scope, or HubSpot did not return them. */
export function reasonOf({ code }: ToolError, objects: string): string {
  return code === 'permission_denied'
    ? `the account lacks crm.objects.${objects}.read`
    : 'HubSpot did not return them';
}
