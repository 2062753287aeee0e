import { randomBytes } from 'node:crypto';

const CORE_BYTES = 9;
const PLACE = /\?/g;

/** Canaries are random texts. The test puts each canary into one place. No canary may appear in any other place. */
export class Canaries {
  readonly #planted: { place: string; forms: Forms }[] = [];

  /**
   * Returns a new canary. It begins with a letter and contains digits, capital letters and small letters, so that it
   * is valid in any name.
   */
  plant(place: string): string {
    return this.watch(place, `Qz${randomBytes(CORE_BYTES).toString('hex')}Kv`);
  }

  /** Treats a secret as a canary, although somebody else created the secret. */
  watch(place: string, secret: string): string {
    this.#planted.push({ place, forms: formsOf(secret) });
    return secret;
  }

  /** Returns a copy of the value in which each `?` in a text or key is replaced by a canary. */
  fill(place: string, value: unknown): unknown {
    return this.#fill(place, value, false);
  }

  /** Like `fill`, but also adds a canary as a member to each object. */
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

  /** Returns the places of all canaries in a text. It also finds canaries that are encoded or in another case. */
  foundIn(text: string): string[] {
    const inLowerCase = text.toLowerCase();
    // A text may be encoded several times for a URL.
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
 * Returns the Base64 characters of a secret that follows `offset` other bytes. Leaves out the characters at both ends
 * that also depend on the bytes around the secret.
 */
function base64Within(secret: string, offset: number): string {
  const bytes = Buffer.from('\0'.repeat(offset) + secret);
  const whole = bytes.toString('base64');
  return whole.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
