import { fakeValue } from './fake-values.ts';
import type { Finding } from './fixture-refused.ts';
import type { Kind } from './scrub-rules.ts';

interface Replacement {
  kind: Kind;
  replacement: string;
  place: string;
  /** Whether it came with the input, so that requests may hold it. */
  isInput: boolean;
}

const ATTEMPTS_MAX = 200;
// What is shorter is part of too many other words.
const FOUND_WITHIN_LENGTH_MIN = 4;
const SURVIVOR_LENGTH_MIN = 6;

/** What takes the place of what, the same throughout a fixture. */
export class Replacements {
  readonly #byOriginal = new Map<string, Replacement>();
  readonly #used = new Set<string>();
  readonly #counts = new Map<Kind, number>();
  #within = alternation([]);

  /** The replacement of a value; a new one where it has none. */
  of(
    kind: Kind,
    original: string,
    place: string,
    make: (attempt: number) => string = (attempt) => this.#fake(kind, original, attempt),
  ): string {
    const existing = this.#byOriginal.get(original);
    if (existing) return existing.replacement;
    this.#counts.set(kind, this.#count(kind) + 1);
    const replacement = this.#unused(original, make);
    this.#used.add(replacement);
    this.#byOriginal.set(original, { kind, replacement, place, isInput: place.startsWith('calls') });
    return replacement;
  }

  get(original: string): string | undefined {
    return this.#byOriginal.get(original)?.replacement;
  }

  isReplacement(value: string): boolean {
    return this.#used.has(value);
  }

  /** Finds the originals within a text, the longest first: those that were known when `lookForKnown` was called last. */
  get within(): RegExp {
    return this.#within;
  }

  lookForKnown(): void {
    this.#within = alternation(
      [...this.#byOriginal].flatMap(([original, { kind, isInput }]) => {
        // A single word that was somewhere a text can be anything elsewhere.
        const isCommonWord = kind === 'text' && !isInput && !/\s/.test(original);
        return original.length < FOUND_WITHIN_LENGTH_MIN || isCommonWord ? [] : [original];
      }),
    );
  }

  /** Texts are replaced anew once it is known what else they hold. */
  forgetTexts(): void {
    for (const [original, { kind, replacement }] of this.#byOriginal) {
      if (kind !== 'text') continue;
      this.#byOriginal.delete(original);
      this.#used.delete(replacement);
    }
  }

  /** The kinds and places of what was replaced; never what it was. */
  summary(): Map<Kind, string[]> {
    const places = new Map<Kind, string[]>();
    for (const { kind, place } of this.#byOriginal.values()) {
      places.set(kind, [...(places.get(kind) ?? []), place]);
    }
    return places;
  }

  /** Originals that a scrubbed text still holds. */
  survivorsIn(text: string, place: string): Finding[] {
    return [...this.#byOriginal].flatMap(([original, { kind }]) =>
      original.length >= SURVIVOR_LENGTH_MIN && !this.#used.has(original) && holds(text, original, kind)
        ? [{ kind: `${kind} that was not replaced`, place }]
        : [],
    );
  }

  #count(kind: Kind): number {
    return this.#counts.get(kind) ?? 0;
  }

  #fake(kind: Kind, original: string, attempt: number): string {
    return fakeValue(kind, original, this.#count(kind), attempt);
  }

  #unused(original: string, make: (attempt: number) => string): string {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const candidate = make(attempt);
      const isFree = !this.#used.has(candidate) && !this.#byOriginal.has(candidate);
      if (isFree && candidate !== original) return candidate;
    }
    // Only what has almost no characters runs out, and it tells nobody.
    return make(0);
  }
}

function holds(text: string, original: string, kind: Kind): boolean {
  const isCommonWord = kind === 'text' && !/\s/.test(original);
  return !isCommonWord && text.includes(original) && alternation([original]).test(text);
}

/** Whole words alone, so that a name is not replaced within another word. */
function alternation(originals: readonly string[]): RegExp {
  if (originals.length === 0) return /(?!)/g;
  const sorted = [...originals].sort((one, other) => other.length - one.length);
  const choice = sorted.map((original) => original.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${choice})(?![\\p{L}\\p{N}])`, 'gu');
}
