import * as z from 'zod';
import { parseJson } from '../../lib/text/parse-json.ts';
import type { Body } from './fixture-schema.ts';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A body as a fixture holds it: as JSON where it is JSON, whatever it says of itself.
 * @throws TypeError where it is no UTF-8
 */
export function readBody(bytes: Uint8Array, contentType = ''): Body {
  if (bytes.length === 0) return null;
  const text = UTF_8.decode(bytes);
  const json = z.json().safeParse(parseJson(text));
  if (json.success) return { json: json.data };
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return { form: [...new URLSearchParams(text)] };
  return { text };
}
