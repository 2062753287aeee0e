/** The URL in its plain form if it is one of the web, else null: other schemes can run code. */
export function webUrl(text: string): string | null {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}
