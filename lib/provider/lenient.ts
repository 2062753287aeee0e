import * as z from 'zod';

// An agent does not correct more faults than this in one step.
const ENTRIES_MAX = 20;

/** The schema of a text in a provider's error. Any other value counts as missing. */
export const maybeText = z.string().optional().catch(undefined);

/**
 * The schema of a list with at most 20 entries. Entries that do not match the schema are skipped. A value that is not
 * a list counts as an empty list.
 * @param entry the schema of an entry
 */
export function lenientList<Entry>(entry: z.ZodType<Entry>) {
  return z
    .unknown()
    .optional()
    .transform((value): Entry[] => {
      if (!Array.isArray(value)) return [];
      return value.slice(0, ENTRIES_MAX).flatMap((item: unknown) => {
        const { success, data } = entry.safeParse(item);
        return success ? [data] : [];
      });
    });
}
