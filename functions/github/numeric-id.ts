import * as z from 'zod';

/** An input field for one of GitHub's IDs, which are whole numbers; describe of what. */
export const numericId = z.string().regex(/^\d{1,19}$/);
