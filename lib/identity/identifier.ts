// Anything else is rejected, never trimmed or repaired: HTTP headers drop other characters, so two users could become
// one.
const IDENTIFIER = /^[\x21-\x7e]{1,256}$/;

/** True if a value can be the application's ID of an end user: 1 to 256 visible ASCII characters. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}
