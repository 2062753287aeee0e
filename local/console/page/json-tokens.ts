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
