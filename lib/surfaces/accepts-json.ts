/** The media ranges that include JSON, the most specific first. */
const RANGES = ['application/json', 'application/*', '*/*'];

/**
 * Returns true if the client accepts JSON as a response.
 * https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 * @param accept the header; null or empty if the client takes everything
 */
export function acceptsJson(accept: string | null): boolean {
  if (!accept?.trim()) return true;
  const qualities = new Map(accept.toLowerCase().split(',').map(readRange));
  const quality = RANGES.map((range) => qualities.get(range)).find((known) => known !== undefined);
  return quality !== undefined && quality > 0;
}

function readRange(text: string): [range: string, quality: number] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return [range, Number(quality?.slice('q='.length) ?? 1)];
}
