import type { SourceWords } from './source-words.ts';

// Made-up values use only about half of all letters and digits, so that tests can recognise them.
const DIGITS = '13579';
const LOWER = 'acegikmoqsuwy';
const HEX = 'ace13579';
const UPPER = LOWER.toUpperCase();
const FILLER = ' yucca mosaic sumac cocoa quagga musk';

/**
 * Letters, digits and separators, without a space. The made-up value has only the first character of each run
 * of separators.
 */
const TOKEN = /^[\p{L}\p{N}\p{M}\-._/:,;=+~|#&?%@]+$/u;
const PART = /([\p{L}\p{N}\p{M}]+)|[-._/:,;=+~|#&?%@ ]+/gu;

/**
 * In IDs of Slack and Salesforce, the prefix shows the type. Tools check the prefix, so it is not replaced.
 */
const TYPE_PREFIX =
  /^(?:[BCDEFGTUW](?=[A-Z\d]{8,}$)|(?:00[13567DGQTUk]|01[gt]|04[gi]|500|701)(?=(?:[A-Za-z\d]{3}){4,5}(?:$|-)))/;

/**
 * The characters that replace a run of letters and digits. The first pattern that matches the run decides.
 */
const ALPHABETS: readonly (readonly [RegExp, string])[] = [
  [/^\d+$/, DIGITS],
  [/^(?=.*\d)[\da-f]+$/, HEX],
  [/^(?=.*\d)[\dA-Z]+$/, UPPER + DIGITS],
  [/^(?=.*\d)[\da-z]+$/, LOWER + DIGITS],
  [/^(?=.*\d)[\dA-Za-z]+$/, LOWER + UPPER + DIGITS],
  [/^\p{Lu}+$/u, UPPER],
  [/(?:)/, LOWER],
];

type Make = (values: MadeUpValues, match: RegExpExecArray) => string;

/**
 * The formats of strings. The first pattern that matches decides. Each function knows the parts of the format
 * and their lengths, but never copies the given value.
 */
const FORMATS: readonly (readonly [RegExp, Make])[] = [
  [/^0?$/, (_values, [zero]) => zero],
  [
    /^\d{4}-\d\d-\d\d(?:([T ])\d\d:\d\d(:\d\d(?:\.(\d{1,9}))?)?(?:(Z)|([+-]\d\d(:?)\d\d))?)?$/,
    (values, [, at, seconds, fraction, utc, offset, colon]) => {
      const time = values.time();
      if (at === undefined) return time.slice(0, 10);
      const zone = utc ?? (offset && (colon ? '+01:00' : '+0100')) ?? '';
      const ends = fraction ? `.${'1'.repeat(fraction.length)}` : '';
      return time.slice(0, seconds ? 19 : 16).replace('T', at) + ends + zone;
    },
  ],
  // Dates of e-mail headers.
  [
    /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? \S/,
    (values) => new Date(`${values.time()}Z`).toUTCString(),
  ],
  [
    /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
    (values) => `${values.code(HEX, 8)}-aaaa-4aaa-8aaa-${values.code(HEX, 12)}`,
  ],
  [/^[^\s@<>,:/]+@[^\s@<>,:/]+$/, (values) => `${values.code(LOWER, 6)}@example.com`],
  [
    /^"?([^"<>@,]*)"?\s*<([^\s<>@,]+@[^\s<>@,]+)>$/,
    (values, [, name = '', address = '']) =>
      `${values.string(name.trim())} <${values.string(address)}>`.trim(),
  ],
  [
    /^<[^>]+>; *rel=/,
    (values, { input }) =>
      [...input.matchAll(/<([^>]*)>; *rel="(next|prev|first|last)"/g)]
        .map(([, url = '', relation]) => `<${values.string(url)}>; rel="${relation}"`)
        .join(', '),
  ],
  [/^mailto:/i, (values) => `mailto:${values.code(LOWER, 6)}@example.com`],
  [
    /^(?=https?:|\/)(?:(https?:\/\/)[^\s/?#]*)?(\/[^\s?#]*)?(?:\?([^\s#]*))?(?:#\S*)?$/i,
    (values, [, scheme, path = '', query]) =>
      (scheme ? 'https://example.com' : '') + values.path(path) + (query ? `?${values.query(query)}` : ''),
  ],
  // Lists with separators, for example of scopes or of e-mail addresses.
  [
    /^(?:[^\s,]+(?:, ?[^\s,]+)+|[^,@]*@[^\s,@]+(?:,[^,@]*@[^\s,@]+)+)$/,
    (values, { input }) =>
      input
        .split(/, */)
        .map((part) => values.string(part))
        .join(', '),
  ],
  [
    /^(?=.*\d)(?=.*[A-Z])[\w+/-]{40,}={0,2}$/,
    (values, { input: { length } }) =>
      Buffer.from(values.filler(Math.floor((length * 3) / 4)))
        .toString('base64url')
        .padEnd(length, 'A'),
  ],
  [/<\/?[a-z][^<>]*>/i, (values, { input }) => `<p>${values.filler(input.length - 7)}</p>`],
  // Each word of a name always becomes the same made-up word, so a tool can find a name by one of its words.
  [TOKEN, (values, { input }) => values.parts(input)],
  [/^[\p{L}\p{M}]+(?: [\p{L}\p{M}]+){1,2}$/u, (values, { input }) => values.parts(input)],
];

/**
 * Replaces values by made-up values. A made-up value has the same format and about the same length as the
 * given value, but no part of its content. Equal values become equal made-up values. Words in our own source
 * stay unchanged.
 */
export class MadeUpValues {
  readonly #words: SourceWords;
  readonly #made = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  constructor(words: SourceWords) {
    this.#words = words;
  }

  string(value: string): string {
    return this.constant(value) ?? this.#once(`string ${value}`, () => this.#fromFormat(value));
  }

  number(value: number): number {
    const [, whole = '', fraction] = /^-?(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
    const digits = this.#run((whole || DIGITS).slice(0, 15));
    return value === 0
      ? 0
      : Math.sign(value) * Number(fraction ? `${digits}.${this.#run(fraction)}` : digits);
  }

  /**
   * Returns a key unchanged if our source contains it. Any other key may be an ID or a name, so it becomes a
   * made-up key.
   */
  key(name: string): string {
    return this.#words.names.has(name) ? name : this.string(name);
  }

  /**
   * Finds a string in our source, ignoring case, and returns it as our source spells it. Returns undefined if
   * our source does not contain the string.
   */
  constant(value: string): string | undefined {
    const declared = this.#words.constants.get(value.toLowerCase());
    return declared?.find((constant) => constant === value) ?? declared?.[0];
  }

  /** Returns a path with `{}` in place of each variable segment, for example `/v1/things/{}`. */
  template(path: string): string {
    return path.replaceAll(/[^/]+/g, (segment) => (this.#words.names.has(segment) ? segment : '{}'));
  }

  path(path: string): string {
    return path
      .replaceAll(/%[\da-f]{2}/gi, '-')
      .replaceAll(/\/+([^/]*)/g, (_, segment) => `/${this.key(segment)}`);
  }

  query(query: string): string {
    const pairs = query.split('&').map((pair) => pair.replaceAll(/%[\da-f]{2}/gi, '-').split(/=(.*)/s));
    return pairs.map(([name = '', value = '']) => `${this.key(name)}=${this.string(value)}`).join('&');
  }

  /** Replaces each run of letters and digits by a made-up run of the same alphabet and length. */
  parts(token: string): string {
    return token.replaceAll(PART, (separators: string, run?: string) =>
      run === undefined ? separators.charAt(0) : this.#run(run),
    );
  }

  /** A time such as 1991-11-11T11:11:13. All its digits are odd, as in all made-up values. */
  time(): string {
    const [second, minute, hour, year, day] = this.code(DIGITS, 5);
    return `199${year}-11-1${day}T1${hour}:1${minute}:1${second}`;
  }

  /** Returns a text of this length. Each call returns a different text. */
  filler(length: number): string {
    const text = this.code(LOWER, 5) + FILLER.repeat(Math.ceil(Math.max(length, 0) / FILLER.length));
    return text.slice(0, Math.max(length, 1)).trimEnd();
  }

  /** Returns a text of this alphabet and length. Each call returns a different text until all texts are used. */
  code(alphabet: string, length: number): string {
    const count = (this.#counts.get(alphabet + length) ?? 0) + 1;
    this.#counts.set(alphabet + length, count);
    let code = '';
    for (let rest = count; code.length < length; rest = Math.floor(rest / alphabet.length))
      code = alphabet.charAt(rest % alphabet.length) + code;
    return code;
  }

  #fromFormat(given: string): string {
    // A long run of separators, for example in a drawing, is not part of a format.
    const value = given.replaceAll(/[-._/:,;=+~|#&?%@\s]{4,}/g, (run) => run.charAt(0));
    for (const [format, make] of FORMATS) {
      const match = format.exec(value);
      if (match) return make(this, match);
    }
    return this.filler(value.length);
  }

  /** Words that differ only in case become the same word. */
  #run(run: string): string {
    if (!/^\p{L}+$/u.test(run)) return this.#once(`run ${run}`, () => this.#code(run));
    const word = this.#once(`run ${run.toLowerCase()}`, () => this.code(LOWER, run.length));
    if (/^\p{Lu}+$/u.test(run)) return word.toUpperCase();
    return /^\p{Lu}/u.test(run) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  }

  #code(run: string): string {
    const [prefix = ''] = TYPE_PREFIX.exec(run) ?? [];
    const [, alphabet = LOWER] = ALPHABETS.find(([pattern]) => pattern.test(run)) ?? [];
    return prefix + this.code(alphabet, run.length - prefix.length);
  }

  #once(key: string, make: () => string): string {
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made;
  }
}
