import { createHmac } from 'node:crypto';

// Of its own, so that no hash in a log helps to forge what the secret guards elsewhere.
const KEY_LABEL = 'scalekit-lambda-tools log identifier';
const HASH_LENGTH = 16;

/**
 * What stands for an identifier in logs: the same for all calls of a user, and told by nobody who lacks the secret.
 * @param secret the client secret; with another one every hash is another
 */
export function identifierHash(identifier: string, secret: string): string {
  const key = createHmac('sha256', secret).update(KEY_LABEL).digest();
  return createHmac('sha256', key).update(identifier).digest('hex').slice(0, HASH_LENGTH);
}
