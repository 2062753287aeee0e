import { createHash } from 'node:crypto';

/** By what repetitions of a write are known. */
export interface WriteKey {
  /** The ID of its record: it tells nothing of what it was made from. */
  id: string;
  inputHash: string;
  /** For how long a record is kept after the write ended. */
  lifetimeSeconds: number;
}

interface KeyedCall {
  tool: string;
  identifier: string;
  /** The parsed input, of a list with where it goes on. */
  input: unknown;
}

const GIVEN_KEY_LIFETIME_SECONDS = 86_400;

/** The key that the caller gave, which is good for one tool and one user alone. */
export function givenKey({ tool, identifier, input }: KeyedCall, key: string): WriteKey {
  return {
    id: hash(['given', tool, identifier, key]),
    inputHash: hash(input),
    lifetimeSeconds: GIVEN_KEY_LIFETIME_SECONDS,
  };
}

/** The key of a call from where nobody sends one: the same user, tool and input. */
export function derivedKey({ tool, identifier, input }: KeyedCall, lifetimeSeconds: number): WriteKey {
  const inputHash = hash(input);
  return { id: hash(['derived', tool, identifier, inputHash]), inputHash, lifetimeSeconds };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');
}

/** Objects with the same keys are the same, in whichever order they came. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
