import { createHash } from 'node:crypto';

/** The key of a write. If the write is repeated, the repetition has the same key. */
export interface WriteKey {
  /** The ID of the record in the table. It is a hash. */
  id: string;
  inputHash: string;
  /** The time for which the record is stored after the write has ended. */
  lifetimeSeconds: number;
}

interface KeyedCall {
  tool: string;
  identifier: string;
  /** The parsed input. For lists, it includes the page. */
  input: unknown;
}

const GIVEN_KEY_LIFETIME_SECONDS = 86_400;

/** The idempotency key that the caller sent. It is valid only for this tool and this user. */
export function givenKey({ tool, identifier, input }: KeyedCall, key: string): WriteKey {
  return {
    id: hash(['given', tool, identifier, key]),
    inputHash: hash(input),
    lifetimeSeconds: GIVEN_KEY_LIFETIME_SECONDS,
  };
}

/** The key for a caller that cannot send one. It is derived from the user, the tool and the input. */
export function derivedKey({ tool, identifier, input }: KeyedCall, lifetimeSeconds: number): WriteKey {
  const inputHash = hash(input);
  return { id: hash(['derived', tool, identifier, inputHash]), inputHash, lifetimeSeconds };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');
}

/** Sorts the keys of objects, so that their order does not change the hash. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
