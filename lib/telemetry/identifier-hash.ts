import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { ActingParty } from '../identity/identify.ts';
import type { LogFields } from './log.ts';

// The key of the hashes is derived from the client secret and this label. It is used for nothing else, so nobody can
// use a hash as a signature for something else.
const KEY_LABEL = 'scalekit-lambda-tools log identifier';
const HASH_LENGTH = 16;
// The key stays in memory until the secret is rotated.
let derived: { secret: string; key: KeyObject } | undefined;

/**
 * Hashes an identifier for logs. All calls of a user have the same hash. Nobody can compute or reverse it without the
 * secret. The log also contains the hashes of clients, roles, agents and gateways.
 * @param secret the client secret; another secret gives other hashes
 */
export function identifierHash(identifier: string, secret: string): string {
  if (derived?.secret !== secret) {
    const key = createSecretKey(createHmac('sha256', secret).update(KEY_LABEL).digest());
    derived = { secret, key };
  }
  return createHmac('sha256', derived.key).update(identifier).digest('hex').slice(0, HASH_LENGTH);
}

/**
 * Returns the log fields that state who acted for whom.
 * @param identifier the user's identifier; empty if no user was identified
 * @param secret the client secret. If it is undefined, because it was not read yet, there are no hashes
 */
export function partyFields(
  { name, delegated }: ActingParty,
  identifier: string,
  secret: string | undefined,
): Pick<LogFields, 'identifier_hash' | 'caller_hash' | 'delegated'> {
  const hash = (text: string | undefined) => (text && secret ? identifierHash(text, secret) : undefined);
  return { identifier_hash: hash(identifier), caller_hash: hash(name), delegated };
}
