import * as z from 'zod';
import type { Attributes } from '../aws/dynamodb.ts';
import { lazily } from '../cache/lazily.ts';
import { SchemaMismatch } from '../errors/schema-mismatch.ts';
import { COMPLETED, INPROGRESS } from '../leases/lease-table.ts';
import { unusableRecord } from './kept-answer.ts';

const Item = lazily(() =>
  z.object({
    status: z.enum([INPROGRESS, COMPLETED]),
    expiration: z.number(),
    in_progress_expiration: z.number(),
    validation: z.string(),
    data: z.string(),
  }),
);

/** The record of a write: the item of its lease, as a repeat of the write finds it. */
export interface WriteRecord {
  status: typeof INPROGRESS | typeof COMPLETED;
  /** From then on it counts as gone; DynamoDB deletes it within days. */
  expiresAtMs: number;
  /** When the function that holds the lease cannot be running any more. */
  endsAtMs: number;
  inputHash: string;
  /** The ID of the lease; once the write has ended, its answer. */
  data: string;
}

/** The attributes by which a repeat recognises a write. */
export function recordAttributes({
  endsAtMs,
  inputHash,
}: Pick<WriteRecord, 'endsAtMs' | 'inputHash'>): Attributes {
  return { in_progress_expiration: { N: String(endsAtMs) }, validation: { S: inputHash } };
}

/**
 * The record of an item, whose attributes have the names that Powertools for AWS Lambda gives them.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 * @throws ToolError `outcome_unknown` for an item that we did not write, since the write may have been made
 */
export function recordOf(rawItem: unknown): WriteRecord {
  const { data: item, error } = Item().safeParse(rawItem);
  if (!item) throw unusableRecord(new SchemaMismatch(Item(), error));
  const { status, expiration, in_progress_expiration: endsAtMs, validation, data } = item;
  return { status, expiresAtMs: expiration * 1_000, endsAtMs, inputHash: validation, data };
}
