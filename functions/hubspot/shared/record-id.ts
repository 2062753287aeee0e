import * as z from 'zod';

/** An input field for the ID of a record, an owner or a subscription type, all of which are numbers. */
export const recordId = z.string().regex(/^\d{1,15}$/);
