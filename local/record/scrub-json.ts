import { parseJson } from '../../lib/text/parse-json.ts';
import type { Json } from './fixture-schema.ts';
import { placeOfKey } from './json-leaves.ts';
import type { Replacements } from './replacements.ts';
import { isHarmless, isTerm, kindOfKey } from './scrub-rules.ts';
import { isMime, scrubKnown, scrubMime, scrubPath, scrubText, scrubUrl } from './scrub-text.ts';
import { isSecretKey } from './secret-patterns.ts';
import { base64Text, inBase64Like } from './text-views.ts';

const SHORT_ID_LENGTH = 3;
const NUMERIC_ID_MIN = 10_000;
const BINARY_LENGTH_MIN = 64;
const URL_KEY = /ur[il]$|href$|link$/i;
const API_PATH = /^(?:\/[\w.~%+-]+)+$/;

export interface ScrubContext {
  replacements: Replacements;
  /** Values that the contract of the tool names, which nobody wrote. */
  contractValues: ReadonlySet<string>;
}

interface Spot extends ScrubContext {
  key: string;
  place: string;
}

/** A value of JSON with a replacement for whatever may be somebody's, each by its key and its form. */
export function scrubJson(value: Json, place: string, context: ScrubContext, key = ''): Json {
  if (Array.isArray(value))
    return value.map((item, index) => scrubJson(item, `${place}[${index}]`, context, key));
  if (typeof value === 'object' && value !== null) return scrubObject(value, place, context, key);
  if (typeof value === 'string') return scrubString(value, { ...context, key, place });
  if (typeof value === 'number') return scrubNumber(value, { ...context, key, place });
  return value;
}

function scrubObject(
  object: Record<string, Json>,
  place: string,
  context: ScrubContext,
  key: string,
): Record<string, Json> {
  const { name, value } = object;
  const entries = Object.entries(object);
  // A header of an e-mail, as Gmail gives it.
  if (key === 'headers' && typeof name === 'string' && typeof value === 'string' && entries.length === 2) {
    return { name, value: scrubString(value, { ...context, key: name, place: placeOfKey(place, 'value') }) };
  }
  return Object.fromEntries(
    entries.map(([childKey, child]) => {
      const childPlace = placeOfKey(place, childKey);
      const ownName = scrubKnown(childKey, childPlace, context.replacements);
      return [ownName, scrubJson(child, childPlace, context, childKey)];
    }),
  );
}

function scrubNumber(value: number, { key, place, replacements }: Spot): number {
  const isId = kindOfKey(key) === 'ID' || kindOfKey(key) === 'phone number';
  if (!isId || !Number.isSafeInteger(value) || value < NUMERIC_ID_MIN) return value;
  return Number(replacements.of('ID', String(value), place));
}

/** What takes the place of a string of a provider's answer, or of a tool's input. */
export function scrubString(value: string, spot: Spot): string {
  const { key, place, replacements, contractValues } = spot;
  // It stays, for the check that refuses the recording.
  if (isSecretKey(key) || isHarmless(key, value) || contractValues.has(value)) return value;
  const known = replacements.get(value);
  if (known !== undefined) return known;
  const json = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
  if (json !== undefined) return JSON.stringify(scrubJson(jsonOf(json), place, spot, key));
  if (/^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(value)) return scrubUrl(value, place, replacements);
  if (URL_KEY.test(key) && API_PATH.test(value)) return scrubPath(value, place, replacements);
  return (BY_KIND[kindOfKey(key) ?? 'text'] ?? scrubFreeText)(value, spot);
}

const BY_KIND: Partial<Record<string, (value: string, spot: Spot) => string>> = {
  ID: (value, { place, replacements }) => scrubId(value, place, replacements),
  'page token': (value, { place, replacements }) => replacements.of('page token', value, place),
  'phone number': (value, { place, replacements }) => replacements.of('phone number', value, place),
  name: (value, { place, replacements }) => scrubNames(value, place, replacements),
  term: (value, spot) => (isTerm(spot.key, value) ? value : scrubFreeText(value, spot)),
};

function scrubId(value: string, place: string, replacements: Replacements): string {
  if (value.length <= SHORT_ID_LENGTH) return value;
  if (/@[\w-]+\./.test(value)) return scrubNames(value, place, replacements);
  // An owner and a repository, each of which stands alone elsewhere.
  return value
    .split('/')
    .map((part) => (part.length <= SHORT_ID_LENGTH ? part : replacements.of('ID', part, place)))
    .join('/');
}

const ADDRESS = /<?[\w.+%=~-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+>?/g;

/** One name, or a list of names with addresses, as the header of an e-mail has it. */
function scrubNames(value: string, place: string, replacements: Replacements): string {
  const addresses = value.match(ADDRESS) ?? [];
  if (addresses.length === 0) return replacements.of('name', value, place);
  const between = value.split(ADDRESS).map((part) => {
    const name = part.replace(/^[\s",]+|[\s",]+$/g, '');
    return name === '' ? part : part.replace(name, replacements.of('name', name, place));
  });
  return between
    .map((part, index) => part + scrubKnown(addresses[index] ?? '', place, replacements))
    .join('');
}

function scrubFreeText(value: string, spot: Spot): string {
  const { place, replacements } = spot;
  const decoded = base64Text(value);
  if (decoded !== undefined) return inBase64Like(scrubDecoded(decoded, spot), value);
  if (value.length >= BINARY_LENGTH_MIN && /^[\w+/-]+={0,2}$/.test(value)) {
    return replacements.of('binary', value, place, (attempt) =>
      'A'.repeat(value.length - (attempt % 4)).padEnd(value.length, 'B'),
    );
  }
  return scrubText(value, place, replacements);
}

function scrubDecoded(text: string, spot: Spot): string {
  if (!isMime(text)) return scrubString(text, { ...spot, key: 'text' });
  return scrubMime(
    text,
    (value, name) => scrubString(value, { ...spot, key: name }),
    (body) => (body.trim() === '' ? body : scrubText(body, spot.place, spot.replacements)),
  );
}

/** Replaces what is known in a value that the code of a tool wrote. */
export function scrubKnownJson(value: Json, place: string, context: ScrubContext): Json {
  if (Array.isArray(value))
    return value.map((item, index) => scrubKnownJson(item, `${place}[${index}]`, context));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        scrubKnown(key, place, context.replacements),
        scrubKnownJson(child, placeOfKey(place, key), context),
      ]),
    );
  }
  if (typeof value === 'number') return Number(context.replacements.get(String(value)) ?? value);
  return typeof value === 'string' ? scrubKnownString(value, place, context) : value;
}

/** The same for a text, and for what is in it in base64. */
export function scrubKnownString(value: string, place: string, { replacements }: ScrubContext): string {
  const known = replacements.get(value);
  if (known !== undefined) return known;
  const decoded = base64Text(value);
  if (decoded === undefined) return scrubKnown(value, place, replacements);
  const scrubbed = scrubKnown(decoded, place, replacements);
  return scrubbed === decoded ? value : inBase64Like(scrubbed, value);
}

/** What `JSON.parse` gives is JSON. */
function jsonOf(value: unknown): Json {
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, jsonOf(child)]));
  }
  const isLeaf = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isLeaf ? value : null;
}
