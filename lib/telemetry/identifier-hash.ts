import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { ActingParty } from '../identity/identify.ts';
import type { LogFields } from './log.ts';

// A separate key. With it, a hash in a log cannot help to forge anything else that the secret protects.
const KEY_LABEL = 'scalekit-lambda-tools log identifier';
const HASH_LENGTH = 16;
// The key is cached in the environment until the secret is rotated.
let derived: { secret: string; key: KeyObject } | undefined;

/**
 * Hashes an identifier for logs. The hash is the same in all calls of a user, and useless to anyone without the
 * secret. Clients, roles, agents and gateways are hashed in the same way.
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
 * @param secret the client secret; undefined if it was not read yet, and then there are no hashes
 */
export function partyFields(
  { name, delegated }: ActingParty,
  identifier: string,
  secret: string | undefined,
): Pick<LogFields, 'identifier_hash' | 'caller_hash' | 'delegated'> {
  const hash = (text: string | undefined) => (text && secret ? identifierHash(text, secret) : undefined);
  return { identifier_hash: hash(identifier), caller_hash: hash(name), delegated };
}
