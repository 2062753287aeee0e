import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { ActingParty } from '../identity/identify.ts';
import type { LogFields } from './log.ts';

// Of its own, so that no hash in a log helps to forge what the secret guards elsewhere.
const KEY_LABEL = 'scalekit-lambda-tools log identifier';
const HASH_LENGTH = 16;
// The same for all calls of an environment, until the secret is rotated.
let derived: { secret: string; key: KeyObject } | undefined;

/**
 * The hash of an identifier in logs: the same for all calls of a user, and of no use to anybody without the secret.
 * Clients, roles, agents and gateways get theirs in the same way.
 * @param secret the client secret; with another one every hash is another
 */
export function identifierHash(identifier: string, secret: string): string {
  if (derived?.secret !== secret) {
    const key = createSecretKey(createHmac('sha256', secret).update(KEY_LABEL).digest());
    derived = { secret, key };
  }
  return createHmac('sha256', derived.key).update(identifier).digest('hex').slice(0, HASH_LENGTH);
}

/**
 * The fields of a log line that say who acted for whom.
 * @param identifier of the user; empty if nobody was identified
 * @param secret the client secret; undefined while it is not at hand, and the line then has no hash
 */
export function partyFields(
  { name, delegated }: ActingParty,
  identifier: string,
  secret: string | undefined,
): Pick<LogFields, 'identifier_hash' | 'caller_hash' | 'delegated'> {
  const hash = (text: string | undefined) => (text && secret ? identifierHash(text, secret) : undefined);
  return { identifier_hash: hash(identifier), caller_hash: hash(name), delegated };
}
