import * as z from 'zod';

/** An input field for a part of a person's name; it is written into mails, where a link would be one. */
export const personName = z
  .string()
  .max(100)
  .regex(/^[^\r\n<>/@]+$/);
