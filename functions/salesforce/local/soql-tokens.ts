import { SalesforceError } from './salesforce-error.ts';

export interface Token {
  kind: 'word' | 'text' | 'literal' | 'sign';
  value: string;
}

const TOKEN =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*')|(?<literal>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?|[+-]?\d+(?:\.\d+)?)|(?<word>[A-Za-z][\w.]*)|(?<sign>!=|<>|<=|>=|[=<>(),]))/sy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

export function soqlTokens(query: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = query.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const at = TOKEN.lastIndex;
    const { text, literal, word, sign } = TOKEN.exec(trimmed)?.groups ?? {};
    if (text !== undefined) tokens.push({ kind: 'text', value: unescaped(text.slice(1, -1)) });
    else if (literal !== undefined) tokens.push({ kind: 'literal', value: literal });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
    else throw malformed(`unexpected token: '${trimmed.slice(at).trimStart()[0] ?? ''}'`);
  }
  return tokens;
}

/**
 * Removes backslashes from a text literal. The backslash of an escaped wildcard remains, so that LIKE does not treat
 * the character as a wildcard.
 */
function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (whole, character: string) => {
    if (character === '%' || character === '_') return whole;
    return ESCAPES[character] ?? character;
  });
}

export function malformed(message: string): SalesforceError {
  return new SalesforceError(400, 'MALFORMED_QUERY', message);
}
