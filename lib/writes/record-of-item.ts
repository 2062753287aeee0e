import { IdempotencyRecordStatus } from '@aws-lambda-powertools/idempotency';
import { IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import * as z from 'zod';

const { INPROGRESS, COMPLETED } = IdempotencyRecordStatus;

/** With Powertools' names of the attributes. */
const Item = z.object({
  status: z.enum([INPROGRESS, COMPLETED]),
  expiration: z.number(),
  in_progress_expiration: z.number(),
  validation: z.string(),
  data: z.string(),
});

/** The record of an item as DynamoDB gives it. @throws ZodError where it is none of ours */
export function recordOf(id: string, rawItem: unknown): IdempotencyRecord {
  const item = Item.parse(rawItem);
  return new IdempotencyRecord({
    idempotencyKey: id,
    status: item.status,
    expiryTimestamp: item.expiration,
    inProgressExpiryTimestamp: item.in_progress_expiration,
    responseData: item.data,
    payloadHash: item.validation,
  });
}
