import * as z from 'zod';

// No agent corrects more than that at once.
const ENTRIES_MAX = 20;

/** The schema of a text in a provider's error; whatever else is in its place counts as absent. */
export const maybeText = z.string().optional().catch(undefined);

/**
 * The first 20 entries of a list, without those of another form; whatever else is in its place counts as empty.
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
