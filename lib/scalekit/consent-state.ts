import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** For whom, and for which connection, a consent was begun. */
interface ConsentSubject {
  connection: string;
  identifier: string;
}

/** A state as it is handed out. */
export interface IssuedState {
  text: string;
  endsAtMs: number;
}

/** A state that came back, of which nobody has told yet whose it is. */
export interface ReturnedState {
  nonce: Buffer;
  endsAtSeconds: number;
  mac: Buffer;
}

// Of its own, so that no state helps to forge what the secret guards elsewhere.
const KEY_LABEL = 'scalekit-lambda-tools consent state';
// As long as Scalekit's link to the consent page is good.
const LIFETIME_SECONDS = 10 * 60;
const NONCE_BYTES = 16;
const TIME_BYTES = 6;
const MAC_BYTES = 32;
const STATE = /^[\w-]{72}$/;

/**
 * Writes and reads the `state` that goes with a user through the consent page: random, good for ten minutes, and for one
 * identifier on one connection, of which it tells neither. It is kept nowhere, so that whatever knows the client secret
 * can hand one out; that one is used once has to be seen to by whoever takes it.
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

  /** Whether a state was issued for this subject; it may have ended. Takes the same time for every other one. */
  fits({ nonce, endsAtSeconds, mac }: ReturnedState, subject: ConsentSubject): boolean {
    return timingSafeEqual(mac, this.#mac(subject, nonce, endsAtSeconds));
  }

  #mac({ connection, identifier }: ConsentSubject, nonce: Buffer, endsAtSeconds: number): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([connection, identifier, nonce.toString('hex'), endsAtSeconds]))
      .digest();
  }
}

/** The parts of a state; undefined for what cannot be one. */
export function parseConsentState(text: string): ReturnedState | undefined {
  if (!STATE.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return {
    nonce: bytes.subarray(0, NONCE_BYTES),
    endsAtSeconds: bytes.readUIntBE(NONCE_BYTES, TIME_BYTES),
    mac: bytes.subarray(-MAC_BYTES),
  };
}
