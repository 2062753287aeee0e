import * as z from 'zod';

/** An input field for the email address of a person. */
export const emailAddress = z
  .string()
  .max(254)
  .regex(/^\S+@\S+$/);
