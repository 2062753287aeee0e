import type { Kind } from './scrub-rules.ts';

const WORDS_BY_LENGTH: readonly (readonly [least: number, words: readonly string[]])[] = [
  [11, ['consectetur', 'adipiscing', 'incididunt', 'exercitatio']],
  [7, ['aliquam', 'commodo', 'laboris', 'tempore', 'viverra', 'dapibus', 'egestas']],
  [4, ['amet', 'elit', 'quis', 'enim', 'nisi', 'ante', 'urna', 'orci']],
  [2, ['ut', 'et', 'in', 'ad', 'ac']],
  [1, ['a']],
];
const DIGITS = '1234567890';

/** The words of every replaced text, and of replaced names and hosts. */
export const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set([
  ...WORDS_BY_LENGTH.flatMap(([, words]) => words),
  ...['person', 'example', 'com', 'https', 'http', 'www'],
]);

/** A word in place of another: never longer, of the same length class, and with its capital. */
export function placeholderWord(word: string, index: number): string {
  if (/^\d+$/.test(word)) return DIGITS.repeat(Math.ceil(word.length / DIGITS.length)).slice(0, word.length);
  const [, words = ['a']] = WORDS_BY_LENGTH.find(([least]) => word.length >= least) ?? [];
  const chosen = words[index % words.length] ?? 'a';
  const fitting = chosen.length > word.length ? 'aliquam'.slice(0, word.length) : chosen;
  return /^\p{Lu}/u.test(word) ? fitting.charAt(0).toUpperCase() + fitting.slice(1) : fitting;
}

/**
 * What takes the place of a value, other than a text.
 * @param ordinal the number of the value among those of its kind, from 1
 * @param attempt counts up where the result is taken already
 */
export function fakeValue(kind: Kind, original: string, ordinal: number, attempt: number): string {
  const number = ordinal + attempt;
  const make: Partial<Record<Kind, () => string>> = {
    identifier: () => `user_${number}`,
    'e-mail address': () => `person${number}@example.com`,
    'phone number': () => `+1555${String(number).padStart(7, '0')}`,
    'IP address': () => `192.0.2.${number % 256}`,
    host: () => (number === 1 ? 'example.com' : `host${number}.example.com`),
    name: () => fakeName(original, number, attempt),
  };
  return (make[kind] ?? (() => fakeId(original, ordinal * 101 + attempt)))();
}

function fakeName(original: string, number: number, attempt: number): string {
  // Names that stand in addresses and commands stay such names.
  if (/^[a-z\d._/-]+$/.test(original)) return fakeId(original, number * 101 + attempt);
  return /\s/.test(original) ? `Person ${number}` : `Person${number}`;
}

const SLACK_TIMESTAMP = /^(\d{10})\.(\d{6})$/;
const FIRST_TIMESTAMP_SECONDS = 1_700_000_000;
/** What stays of an ID since it says its type: Slack's letter, Salesforce's three characters, Gmail's `Label_`. */
const TYPE_PREFIX =
  /^(?:[A-Z](?=[A-Z\d]{7,}$)|(?:00|0|a)[A-Za-z\d]{1,2}(?=[A-Za-z\d]{12}(?:[A-Za-z\d]{3})?$)|Label_(?=.))/;

/** An ID of the same alphabet and length, so that what reads its form still can. */
function fakeId(original: string, seed: number): string {
  if (SLACK_TIMESTAMP.test(original)) {
    return `${FIRST_TIMESTAMP_SECONDS + seed}.${String((seed * 7919) % 1_000_000).padStart(6, '0')}`;
  }
  const prefix = TYPE_PREFIX.exec(original)?.[0] ?? '';
  const random = randomFrom(seed);
  const isHex = /^[\da-f-]{6,}$|^[\dA-F-]{6,}$/.test(original);
  const letters = isHex ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz';
  const rest = [...original.slice(prefix.length)].map((character, index) => {
    if (/\d/.test(character)) return String(index === 0 ? 1 + random(9) : random(10));
    if (/[a-z]/.test(character)) return letters.charAt(random(letters.length));
    if (/[A-Z]/.test(character)) return letters.charAt(random(letters.length)).toUpperCase();
    return /\p{L}/u.test(character) ? 'a' : character;
  });
  return prefix + rest.join('');
}

/** Numbers that only depend on the seed, so that the same call gives the same fixture; nothing of the original is in them. */
function randomFrom(seed: number): (below: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}
