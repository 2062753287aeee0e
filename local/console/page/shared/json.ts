/** True if a JSON value is an object, not an array or null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class NoObjectError extends Error {
  override readonly name = 'NoObjectError';
}

/**
 * Parses a JSON object.
 * @param text blank text is an empty object
 * @throws an error; `jsonFault` returns its message
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new NoObjectError('This is JSON, but not an object. Write { … }.');
  return value;
}

/** Returns the message for text that could not be parsed. */
export function jsonFault(error: unknown): string {
  if (error instanceof NoObjectError) return error.message;
  return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
}

/** True if two JSON values are equal, in any order of keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

type TokenKind = 'key' | 'string' | 'number' | 'word' | 'mark';

export interface JsonToken {
  kind: TokenKind;
  text: string;
}

// The first alternative matches a key: a string before a colon. It must come before the alternative for
// strings.
const TOKEN =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>true|false|null)|(?<mark>[^"\-\dtfn]+|.)/gs;

const KINDS: readonly TokenKind[] = ['key', 'string', 'number', 'word', 'mark'];

/** Splits JSON text into tokens for colouring. The joined tokens equal the text. */
export function jsonTokens(json: string): JsonToken[] {
  return Array.from(json.matchAll(TOKEN), ({ 0: text, groups }) => ({
    kind: KINDS.find((kind) => groups?.[kind] !== undefined) ?? 'mark',
    text,
  }));
}
