import * as z from 'zod';

const SCRIPTS = ['javascript:', 'data:', 'vbscript:'];

/**
 * A URI to which a client may send its users after the login. Rejects URIs that run a script in the browser, such as
 * `javascript:`.
 */
export const RedirectUri = z
  .url()
  .refine((uri) => URL.canParse(uri) && !SCRIPTS.includes(new URL(uri).protocol));
