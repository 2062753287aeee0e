/** API Gateway hands every claim over as text, in the notation of Go: `[a b]` for a list, `map[k:v]` for an object. */
export function claimText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `map[${pairs.map(([name, item]) => `${name}:${claimText(item)}`).join(' ')}]`;
  }
  return String(value);
}
