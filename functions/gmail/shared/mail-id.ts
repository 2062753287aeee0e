import * as z from 'zod';

/** An input field for the ID of a message, a thread or a filter, as Gmail writes them. */
export function mailId(description: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/)
    .describe(description);
}
