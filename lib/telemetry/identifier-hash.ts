import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

// Of its own, so that no hash in a log helps to forge what the secret guards elsewhere.
const KEY_LABEL = 'scalekit-lambda-tools log identifier';
const HASH_LENGTH = 16;
// The same for all calls of an environment, until the secret is rotated.
let derived: { secret: string; key: KeyObject } | undefined;
// An agent's turn is several calls for the same user.
let last: { identifier: string; secret: string; hash: string } | undefined;

/**
 * What stands for an identifier in logs: the same for all calls of a user, and told by nobody who lacks the secret.
 * @param secret the client secret; with another one every hash is another
 */
export function identifierHash(identifier: string, secret: string): string {
  if (last?.identifier === identifier && last.secret === secret) return last.hash;
  if (derived?.secret !== secret) {
    const key = createSecretKey(createHmac('sha256', secret).update(KEY_LABEL).digest());
    derived = { secret, key };
  }
  const { key } = derived;
  const hash = createHmac('sha256', key).update(identifier).digest('hex').slice(0, HASH_LENGTH);
  last = { identifier, secret, hash };
  return hash;
}
