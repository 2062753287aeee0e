import * as z from 'zod';

const SCRIPTS = ['javascript:', 'data:', 'vbscript:'];

/** The URI to which a client wants its users back. A browser would run that of a script, however it is written. */
export const RedirectUri = z
  .url()
  .refine((uri) => URL.canParse(uri) && !SCRIPTS.includes(new URL(uri).protocol));
