import * as z from 'zod';

/** Items with commas between them, such as `a, b`, each held to a schema. */
export const commaList = (item: z.ZodString) =>
  z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .pipe(z.array(item));
