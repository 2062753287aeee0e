import type { SchemaNode } from './schema-node.ts';

export type Keyword = keyof SchemaNode;

interface Rule {
  keywords: readonly Keyword[];
  /** Describes the constraint that the keywords express, as part of a sentence. */
  tell(node: SchemaNode): string | undefined;
}

const RULES: readonly Rule[] = [
  { keywords: ['const'], tell: (node) => ('const' in node ? `always ${inText(node.const)}` : undefined) },
  { keywords: ['enum'], tell: ({ enum: values }) => values && `one of: ${values.map(inText).join(', ')}` },
  { keywords: ['format'], tell: ({ format }) => format && (FORMATS[format] ?? `format: ${format}`) },
  {
    keywords: ['pattern', 'allOf'],
    // If a field has a format, the format already describes what the pattern checks.
    tell: (node) => (node.format ? undefined : patternsOf(node).map(patternInWords).join('; ') || undefined),
  },
  {
    keywords: ['contentEncoding'],
    tell: ({ contentEncoding: encoding }) => encoding && `encoded as ${encoding}`,
  },
  {
    keywords: ['minLength', 'maxLength'],
    tell: ({ minLength, maxLength }) => count(minLength, maxLength, 'character'),
  },
  { keywords: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'], tell: rangeOf },
  {
    keywords: ['multipleOf'],
    tell: ({ multipleOf }) => (multipleOf === undefined ? undefined : `a multiple of ${multipleOf}`),
  },
  { keywords: ['minItems', 'maxItems'], tell: ({ minItems, maxItems }) => count(minItems, maxItems, 'item') },
  {
    keywords: ['examples'],
    tell: ({ examples = [] }) =>
      examples.length > 0 ? `such as ${examples.map(inText).join(', ')}` : undefined,
  },
  {
    keywords: ['default'],
    tell: (node) => ('default' in node ? `${inText(node.default)} by default` : undefined),
  },
];

// Descriptions of formats that let a model write a correct value.
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'an ISO 8601 time such as 2026-01-31T09:30:00Z',
  date: 'a date such as 2026-01-31',
  time: 'a time of day such as 09:30:00',
  duration: 'an ISO 8601 duration such as PT1H30M',
  email: 'an email address',
  hostname: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  uri: 'a URL',
  uuid: 'a UUID',
};

const PATTERNS: Readonly<Record<string, string>> = {
  '^\\d+$': 'digits only',
  '^\\d+\\.\\d+$': 'digits, a dot, digits',
  '^[^A-Z]*$': 'in lower case',
  '^[^a-z]*$': 'in upper case',
};

/**
 * Describes the constraints of a schema that a target's schema language cannot express.
 * @param kept the keywords that the target (such as Bedrock) supports
 * @returns parts of a sentence, such as `1 to 100` and `10 by default`
 */
export function droppedConstraints(node: SchemaNode, kept: ReadonlySet<Keyword>): string[] {
  return RULES.filter(({ keywords }) =>
    keywords.some((keyword) => keyword in node && !kept.has(keyword)),
  ).flatMap(({ tell }) => tell(node) ?? []);
}

/** Returns a value as part of a sentence. It has quotes unless it looks like a single word. */
export function inText(value: unknown): string {
  return typeof value === 'string' && /^[\p{L}\p{N}_.:/@+-]+$/u.test(value) ? value : JSON.stringify(value);
}

function patternsOf({ pattern, allOf = [] }: SchemaNode): string[] {
  return [pattern, ...allOf.flatMap(patternsOf)].filter((each) => each !== undefined);
}

function patternInWords(pattern: string): string {
  return PATTERNS[pattern] ?? `form: ${pattern}`;
}

function count(minimum: number | undefined, maximum: number | undefined, unit: string): string | undefined {
  const units = (number: number) => `${number} ${unit}${number === 1 ? '' : 's'}`;
  if (minimum === undefined || minimum === 0)
    return maximum === undefined ? undefined : `at most ${units(maximum)}`;
  if (maximum === undefined) return `at least ${units(minimum)}`;
  return minimum === maximum ? `exactly ${units(maximum)}` : `${minimum} to ${units(maximum)}`;
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): string | undefined {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  const bounds = [
    ['at least', minimum],
    ['more than', exclusiveMinimum],
    ['at most', maximum],
    ['less than', exclusiveMaximum],
  ] as const;
  const limits = bounds.flatMap(([words, bound]) => (bound === undefined ? [] : [`${words} ${bound}`]));
  return limits.join(' and ') || undefined;
}
