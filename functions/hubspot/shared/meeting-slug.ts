import * as z from 'zod';

/** An input field for a meeting link, which HubSpot knows by the path of its page. */
export const meetingSlug = z
  .string()
  .max(128)
  .regex(/^[\w-]+(\/[\w-]+)?$/);
