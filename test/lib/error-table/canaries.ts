import { randomBytes } from 'node:crypto';

const CORE_BYTES = 9;
const PLACE = /\?/g;

/** Random texts, each planted in one place, that must appear nowhere else. */
export class Canaries {
  readonly #planted: { place: string; forms: Forms }[] = [];

  /** Returns a new canary: a letter, then letters and digits in both cases, so that it is valid wherever a name is. */
  plant(place: string): string {
    return this.watch(place, `Qz${randomBytes(CORE_BYTES).toString('hex')}Kv`);
  }

  /** Watches a secret that somebody else made. */
  watch(place: string, secret: string): string {
    this.#planted.push({ place, forms: formsOf(secret) });
    return secret;
  }

  /** Returns a copy of the value with a canary for each `?` in its texts and keys. */
  fill(place: string, value: unknown): unknown {
    return this.#fill(place, value, false);
  }

  /** Like `fill`, with one more member in each object. */
  fillAndAdd(place: string, value: unknown): unknown {
    return this.#fill(place, value, true);
  }

  fillText(place: string, text: string): string {
    return text.replaceAll(PLACE, () => this.plant(place));
  }

  #fill(place: string, value: unknown, adds: boolean): unknown {
    if (typeof value === 'string') return this.fillText(place, value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.#fill(place, item, adds));
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([key, member]) => [
      this.fillText(`a key of ${place}`, key),
      this.#fill(place, member, adds),
    ]);
    if (adds) members.push([this.plant(`a key of ${place}`), this.plant(place)]);
    return Object.fromEntries(members);
  }

  /** Returns the places of the canaries that a text contains: plain, in another case, or encoded. */
  foundIn(text: string): string[] {
    const inLowerCase = text.toLowerCase();
    // An encoded text may be encoded again for a URL.
    const decoded = inLowerCase.replaceAll(/%(?:25)*([0-9a-f]{2})/g, (_, byte: string) =>
      String.fromCharCode(Number.parseInt(byte, 16)),
    );
    const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
    return this.#planted
      .filter(
        ({ forms }) =>
          forms.plain.some((form) => inLowerCase.includes(form) || decoded.includes(form)) ||
          forms.base64.some((form) => base64.includes(form)),
      )
      .map(({ place }) => place);
  }

  get places(): string[] {
    return this.#planted.map(({ place }) => place);
  }
}

interface Forms {
  plain: string[];
  base64: string[];
}

function formsOf(secret: string): Forms {
  const spellings = [secret, secret.toLowerCase(), secret.toUpperCase()];
  return {
    plain: [secret.toLowerCase(), Buffer.from(secret).toString('hex')],
    base64: spellings.flatMap((spelling) => [0, 1, 2].map((offset) => base64Within(spelling, offset))),
  };
}

/**
 * Returns the base64 characters that every text shares if it contains the secret after `offset` bytes of a group of
 * three.
 */
function base64Within(secret: string, offset: number): string {
  const bytes = Buffer.from('\0'.repeat(offset) + secret);
  const whole = bytes.toString('base64');
  return whole.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
