// Deeply nested JSON takes long to parse, and the parser blocks the event loop. No API returns JSON with a deeper
// nesting than this.
const DEPTH_MAX = 200;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Returns the value of a JSON text. Returns undefined if the text is not JSON, or if its nesting is too deep.
 * @param text the JSON, for example from a text field in a provider's response
 * @param options `exactNumbers`: a number that would lose digits is returned as a string with all its digits
 */
export function parseJson(text: string, { exactNumbers = false } = {}): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return exactNumbers ? JSON.parse(text, exactNumber) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

// TypeScript's library does not declare the third parameter yet.
function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const { source } = context ?? {};
  return typeof value === 'number' && source !== undefined && digitsOf(source) !== digitsOf(String(value))
    ? withoutExponent(source)
    : value;
}

// A number with more zeros than this would be unreadable, so it keeps its exponent.
const EXPONENT_MAX = 100;

/** Converts `1.5E3` to `1500`. */
function withoutExponent(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  if (Math.abs(Number(exponent)) > EXPONENT_MAX) return number;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = '0'.repeat(Math.max(0, 1 - point)) + digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const decimals = padded.slice(at);
  return sign + padded.slice(0, at).replace(/^0+(?=\d)/, '') + (decimals && `.${decimals}`);
}

/** Returns the significant digits. They are equal for `1.39E8`, `139000000` and `139000000.0`. */
function digitsOf(number: string): string {
  const [mantissa = ''] = number.split(/e/i);
  return mantissa.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
}

function isTooDeep(text: string): boolean {
  if (count(text, '[') + count(text, '{') <= DEPTH_MAX) return false;
  let depth = 0;
  for (let index = 0; index < text.length && depth <= DEPTH_MAX; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
  }
  return depth > DEPTH_MAX;
}

/** Counts how often a character occurs, and stops above the limit. */
function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0 && found <= DEPTH_MAX; at = text.indexOf(character, at + 1))
    found += 1;
  return found;
}

/**
 * Returns the end of the string that begins at `start`. This function must be fast, because most of a JSON text is
 * strings.
 */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

/** Returns the size of a value as JSON, in bytes. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
