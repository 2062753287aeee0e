import { randomUUID } from 'node:crypto';
import type { WriteKey } from './write-key.ts';

/** The right of one call to run under a key; nobody else's step changes its record. */
export interface Claim {
  key: WriteKey;
  /** Tells this claim from every other one of the same key. */
  claimId: string;
}

/** Makes a claim that is not in the table yet. */
export function newClaim(key: WriteKey): Claim {
  return { key, claimId: randomUUID() };
}
