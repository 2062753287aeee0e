/**
 * Returns an http or https URL in normalised form. Returns null for any other URL, because other schemes can
 * run code.
 */
export function webUrl(text: string): string | null {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}
