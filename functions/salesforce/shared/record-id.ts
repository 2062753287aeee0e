import * as z from 'zod';

/** In its short form of 15, or its long one of 18 characters. */
export const RECORD_ID = /^([a-zA-Z0-9]{3}){5,6}$/;

/**
 * An input for the ID of a record.
 * @param keyPrefix the three characters that say of which object it is, where that matters
 */
export function recordId(keyPrefix = '') {
  return z.string().refine((id) => RECORD_ID.test(id) && id.startsWith(keyPrefix), {
    error: `must be a record ID: 15 or 18 letters and digits${keyPrefix && `, which begin with ${keyPrefix}`}`,
  });
}
