import * as z from 'zod';

// No agent corrects more than these at once.
const ENTRIES_MAX = 20;

/** The schema of a text in a provider's error. Any other value counts as absent. */
export const maybeText = z.string().optional().catch(undefined);

/**
 * A list of at most 20 entries. Entries of another form are skipped, and any other value counts as empty.
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
