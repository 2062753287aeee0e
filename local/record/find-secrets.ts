import { PLACEHOLDER_WORDS } from './fake-values.ts';
import type { Finding } from './fixture-refused.ts';
import type { Body, Exchange, Json } from './fixture-schema.ts';
import { jsonLeaves, placeOfKey } from './json-leaves.ts';
import type { Replacements } from './replacements.ts';
import { CREDENTIAL_PATTERNS, isSecretKey, LEFTOVER_PATTERNS } from './secret-patterns.ts';
import { textViews } from './text-views.ts';

/** A text of a fixture, and the name under which it stands. */
interface Spot {
  key: string;
  value: string;
  place: string;
  /** Whether a person may have written it: what a tool or a provider's limits say is none of that. */
  isProse: boolean;
}

type Contents = { exchanges: readonly Exchange[]; input: Record<string, Json>; results?: Json };

/** Credentials in a recording, whatever would become of them. */
export function findCredentials(contents: Contents): Finding[] {
  return spotsOf(contents).flatMap(({ key, value, place }) => [
    ...(isSecretKey(key) && value !== '' ? [{ kind: 'credential field', place }] : []),
    ...jsonWithin(value).flatMap((leaf) =>
      isSecretKey(leaf.key) && leaf.value !== null && leaf.value !== ''
        ? [{ kind: 'credential field', place }]
        : [],
    ),
    ...textViews(value).flatMap((view) =>
      CREDENTIAL_PATTERNS.filter(({ pattern }) => pattern.test(view)).map(({ kind }) => ({ kind, place })),
    ),
  ]);
}

/** What a scrubbed recording should not hold any more. */
export function findLeftovers(contents: Contents, replacements: Replacements): Finding[] {
  const isOurs = (value: string) => replacements.isReplacement(value) || value.startsWith('cursor-');
  return spotsOf(contents).flatMap(({ key, value, place, isProse }) => [
    ...textViews(value).flatMap((view) => [
      ...LEFTOVER_PATTERNS.flatMap(({ kind, pattern }) =>
        [...view.matchAll(pattern)].some(([, found = '']) => !isOurs(found)) ? [{ kind, place }] : [],
      ),
      ...replacements.survivorsIn(view, place),
      ...(isProse && !isScopes(key, view) && holdsProse(view)
        ? [{ kind: 'text that was not replaced', place }]
        : []),
    ]),
  ]);
}

function spotsOf({ input, exchanges, results }: Contents): Spot[] {
  return [
    ...jsonSpots(input, 'calls[0].input'),
    ...exchanges.flatMap((exchange, index) => exchangeSpots(exchange, `exchanges[${index}]`)),
    ...jsonSpots(results ?? null, 'calls').map((spot) => ({ ...spot, isProse: false })),
  ];
}

function exchangeSpots({ request, answer }: Exchange, place: string): Spot[] {
  return [
    { key: '', value: request.path, place: `${place}.request.path`, isProse: true },
    ...pairSpots(request.query, `${place}.request.query`),
    ...bodySpots(request.body, `${place}.request.body`),
    ...pairSpots(Object.entries(answer.headers), `${place}.answer.headers`),
    ...bodySpots(answer.body, `${place}.answer.body`),
  ];
}

function pairSpots(pairs: readonly (readonly [string, string])[], place: string): Spot[] {
  return pairs.flatMap(([name, value]) => {
    const at = placeOfKey(place, name);
    return [
      { key: '', value: name, place: at, isProse: true },
      { key: name, value, place: at, isProse: true },
    ];
  });
}

function bodySpots(body: Body, place: string): Spot[] {
  if (body === null) return [];
  if ('form' in body) return pairSpots(body.form, `${place}.form`);
  return jsonSpots(body, place);
}

function jsonSpots(value: unknown, place: string): Spot[] {
  return jsonLeaves(value, place).flatMap((leaf) =>
    leaf.value === null || typeof leaf.value === 'boolean'
      ? []
      : [
          {
            key: leaf.isKey ? '' : leaf.key,
            value: String(leaf.value),
            place: leaf.place,
            isProse: true,
          },
        ],
  );
}

/** The values of JSON that stands in a text, in base64 or not. */
function jsonWithin(value: string): ReturnType<typeof jsonLeaves> {
  return textViews(value).flatMap((view) => {
    if (!/^\s*[[{]/.test(view)) return [];
    try {
      return jsonLeaves(JSON.parse(view)).filter(({ isKey }) => !isKey);
    } catch {
      return [];
    }
  });
}

const WORDS_IN_A_ROW = 4;
// Languages of queries, whose words are the tool's own; what they compare with stands in quotes.
const QUERY = /^\s*(?:select\s|find\s*\{|query\b|mutation\b|\{)/i;
const isScopes = (key: string, value: string) =>
  /scope|needed|provided/.test(key) && /^[a-z:._/, -]+$/.test(value);

/** Whether four words follow each other that are none of our placeholders. */
function holdsProse(view: string): boolean {
  // What no text decodes to was none.
  if (view.includes('\ufffd') || /[^\t\r\n\P{Cc}]/u.test(view)) return false;
  const prose = QUERY.test(view)
    ? [...view.matchAll(/(['"])(.*?)\1/gs)].map(([, , quoted]) => quoted)
    : [view];
  return prose.some((text = '') => {
    let row = 0;
    return text.split(/\s+/).some((token) => {
      const word = /^[("'*_>]*(\p{L}[\p{L}'’-]*)[)"'*_.,;:!?]*$/u.exec(token)?.[1];
      const isOurs = word === undefined || PLACEHOLDER_WORDS.has(word.toLowerCase());
      row = isOurs ? 0 : row + 1;
      return row >= WORDS_IN_A_ROW;
    });
  });
}
