// Anything else is refused, never trimmed or repaired: HTTP headers drop other characters, and two users would become one.
const IDENTIFIER = /^[\x21-\x7e]{1,256}$/;

/** Whether a value can be the application's ID of an end user: 1 to 256 visible ASCII characters. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}
