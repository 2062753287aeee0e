import * as z from 'zod';
import { lazily } from '../cache/lazily.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { unusableRecord } from './kept-answer.ts';

/** Whether a write runs, or how it ended is known. */
export const INPROGRESS = 'INPROGRESS';
export const COMPLETED = 'COMPLETED';

const Item = lazily(() =>
  z.object({
    status: z.enum([INPROGRESS, COMPLETED]),
    expiration: z.number(),
    in_progress_expiration: z.number(),
    validation: z.string(),
    data: z.string(),
  }),
);

/** What is known of a write under a key. */
export interface WriteRecord {
  status: typeof INPROGRESS | typeof COMPLETED;
  /** From when on it counts as gone; DynamoDB deletes it within days. */
  expiresAtMs: number;
  /** When the function that claimed it cannot be running any more. */
  endsAtMs: number;
  inputHash: string;
  /** Of a claim its ID, of a write that ended the answer. */
  data: string;
}

/**
 * The record of an item, whose attributes have the names that Powertools for AWS Lambda gives them.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 * @throws ToolError `outcome_unknown` if we did not write it, since the write may have been made
 */
export function recordOf(rawItem: unknown): WriteRecord {
  const { data: item, error } = Item().safeParse(rawItem);
  if (!item) throw unusableRecord(new SchemaMismatch(Item(), error));
  const { status, expiration, in_progress_expiration: endsAtMs, validation, data } = item;
  return { status, expiresAtMs: expiration * 1_000, endsAtMs, inputHash: validation, data };
}
