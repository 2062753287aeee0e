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

/** The record of a write. It is the item of the write's lease, as a repeated write reads it. */
export interface WriteRecord {
  status: typeof INPROGRESS | typeof COMPLETED;
  /** The time when the record expires. DynamoDB deletes it some days later. */
  expiresAtMs: number;
  /** The time after which the function that owns the lease can no longer be running. */
  endsAtMs: number;
  inputHash: string;
  /** The ID of the lease. After the write has ended, its outcome. */
  data: string;
}

/** Returns the attributes that identify a repeated write. */
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
