import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The user and the connection that a consent is for. */
interface ConsentSubject {
  connection: string;
  identifier: string;
}

/** A newly issued state. */
export interface IssuedState {
  text: string;
  endsAtMs: number;
}

/** The parts of a state that a user has brought back. They are not verified yet. */
export interface ReturnedState {
  nonce: Buffer;
  endsAtSeconds: number;
  mac: Buffer;
}

// The key that signs states is derived from the client secret and this label. It signs nothing else, so nobody can use
// a state as a signature for something else.
const KEY_LABEL = 'scalekit-lambda-tools consent state';
// A state is valid as long as Scalekit's link to the consent page.
const LIFETIME_SECONDS = 10 * 60;
const NONCE_BYTES = 16;
const TIME_BYTES = 6;
const MAC_BYTES = 32;
const STATE = /^[\w-]{72}$/;

/**
 * Creates and checks the `state` that the user carries through the consent page. A state is random and valid for ten
 * minutes. It belongs to one identifier on one connection, but does not reveal them. Issued states are not stored, so
 * the caller of this class must ensure that each state is used only once. Anyone with the client secret can issue a
 * state.
 * https://docs.scalekit.com/agentkit/user-verification/
 */
export class ConsentStates {
  readonly #key: Buffer;

  constructor(clientSecret: string) {
    this.#key = createHmac('sha256', clientSecret).update(KEY_LABEL).digest();
  }

  issue(subject: ConsentSubject): IssuedState {
    const nonce = randomBytes(NONCE_BYTES);
    const endsAtSeconds = Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS;
    const time = Buffer.alloc(TIME_BYTES);
    time.writeUIntBE(endsAtSeconds, 0, TIME_BYTES);
    const mac = this.#mac(subject, nonce, endsAtSeconds);
    return {
      text: Buffer.concat([nonce, time, mac]).toString('base64url'),
      endsAtMs: endsAtSeconds * 1_000,
    };
  }

  /**
   * Returns true if a state was issued for this user and connection, even if it has expired. The comparison takes
   * constant time.
   */
  fits({ nonce, endsAtSeconds, mac }: ReturnedState, subject: ConsentSubject): boolean {
    return timingSafeEqual(mac, this.#mac(subject, nonce, endsAtSeconds));
  }

  #mac({ connection, identifier }: ConsentSubject, nonce: Buffer, endsAtSeconds: number): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([connection, identifier, nonce.toString('hex'), endsAtSeconds]))
      .digest();
  }
}

/** Returns the parts of a state, or undefined if the text does not have the format of a state. */
export function parseConsentState(text: string): ReturnedState | undefined {
  if (!STATE.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return {
    nonce: bytes.subarray(0, NONCE_BYTES),
    endsAtSeconds: bytes.readUIntBE(NONCE_BYTES, TIME_BYTES),
    mac: bytes.subarray(-MAC_BYTES),
  };
}
