import * as z from 'zod';

const CLAIM = /\{([A-Za-z0-9_:./-]+)\}/g;
const TEMPLATE = /^(?:[\x21-\x7a\x7c\x7e]|\{[A-Za-z0-9_:./-]+\})*$/;

// Matches two claims without a safe separator, such as `{org_id}-{sub}`. Percent-encoding does not change these
// characters, so the value of a claim could contain them too.
const SEPARATES_NOTHING = /\}[\w.!~*'()%-]*\{/;

/**
 * A template such as `{sub}` or `{org_id}:{sub}`. It consists of visible ASCII characters and claim names in braces,
 * with a separator between two claims.
 */
export const identityTemplate = () =>
  z
    .string()
    .regex(TEMPLATE)
    .refine((template) => template.match(CLAIM) !== null && !SEPARATES_NOTHING.test(template));

// API Gateway passes every claim of a JWT as text. This pattern matches the texts that it writes for null, arrays and
// objects.
const NOT_A_TEXT = /^(?:<nil>|\[.*\]|map\[.*\])$/s;

/**
 * Fills a template with claims. If there are several claims, each value is percent-encoded, so that two users can
 * never get the same identifier.
 * @returns the identifier, or undefined if a claim is missing or not a string
 */
export function fillIdentityTemplate(
  template: string,
  claims: Readonly<Record<string, unknown>>,
): string | undefined {
  const names = [...template.matchAll(CLAIM)].map((match) => match[1] ?? '');
  const values = new Map<string, string>();
  for (const name of names) {
    const value = claimText(claims, name);
    if (value === undefined) return undefined;
    values.set(name, names.length > 1 ? encodeURIComponent(value) : value);
  }
  return template.replace(CLAIM, (_, name: string) => values.get(name) ?? '');
}

/** Returns the value of a claim, or undefined if it is missing, empty or not a string. */
export function claimText(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'string' && value !== '' && value.isWellFormed() && !NOT_A_TEXT.test(value)
    ? value
    : undefined;
}
