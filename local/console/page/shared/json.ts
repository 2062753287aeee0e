/** Whether a JSON value is an object, neither an array nor null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class NoObjectError extends Error {
  override readonly name = 'NoObjectError';
}

/**
 * Reads a text that has to be a JSON object.
 * @param text where it is blank, the object is empty
 * @throws what `jsonFault` puts into words
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new NoObjectError('This is JSON, but no object. Write { … }.');
  return value;
}

/** What to tell whoever wrote a text that could not be read. */
export function jsonFault(error: unknown): string {
  if (error instanceof NoObjectError) return error.message;
  return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
}

/** Whether two JSON values are equal; the order of keys does not count. */
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

// In this order: a key is a string before a colon.
const TOKEN =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>true|false|null)|(?<mark>[^"\-\dtfn]+|.)/gs;

const KINDS: readonly TokenKind[] = ['key', 'string', 'number', 'word', 'mark'];

/** Cuts a JSON text into parts that are coloured alike; put together they are the text. */
export function jsonTokens(json: string): JsonToken[] {
  return Array.from(json.matchAll(TOKEN), ({ 0: text, groups }) => ({
    kind: KINDS.find((kind) => groups?.[kind] !== undefined) ?? 'mark',
    text,
  }));
}
