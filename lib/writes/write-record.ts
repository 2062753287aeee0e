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

/** The record of a write: the item of the write's lease, with the attributes that a repeated write needs. */
export interface WriteRecord {
  status: typeof INPROGRESS | typeof COMPLETED;
  /** The time when the record expires. DynamoDB deletes it some days later. */
  expiresAtMs: number;
  /** The function that owns the lease has certainly ended at this time. */
  endsAtMs: number;
  inputHash: string;
  /** The ID of the lease. After the write has ended, this is the write's outcome. */
  data: string;
}

/** Returns the attributes that a repeated write reads. */
export function recordAttributes({
  endsAtMs,
  inputHash,
}: Pick<WriteRecord, 'endsAtMs' | 'inputHash'>): Attributes {
  return { in_progress_expiration: { N: String(endsAtMs) }, validation: { S: inputHash } };
}

/**
 * Parses the record in an item. Its attributes have the same names as in Powertools for AWS Lambda.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 * @throws ToolError `outcome_unknown` for an item that we did not write, because the write may have happened
 */
export function recordOf(rawItem: unknown): WriteRecord {
  const { data: item, error } = Item().safeParse(rawItem);
  if (!item) throw unusableRecord(new SchemaMismatch(Item(), error));
  const { status, expiration, in_progress_expiration: endsAtMs, validation, data } = item;
  return { status, expiresAtMs: expiration * 1_000, endsAtMs, inputHash: validation, data };
}
