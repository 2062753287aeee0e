import type { ActingParty } from '../identity/acting-party.ts';
import { identifierHash } from './identifier-hash.ts';
import type { LogFields } from './log.ts';

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
