import { DynamoDbTable } from '../aws/dynamodb.ts';
import type { Environment } from '../settings/environment.ts';
import type { Claim } from './claim.ts';
import { COMPLETED, INPROGRESS, recordOf, type WriteRecord } from './write-record.ts';

const CLAIMS_MAX = 3;

/**
 * The records of writes in DynamoDB. A record whose function's time is over is not claimed again, since what it sent is
 * not known; and a record is completed or freed by its own claim alone, so that a step that DynamoDB gets late or twice
 * does not touch the next claim.
 */
export class WriteRecords {
  readonly #table: DynamoDbTable;

  /** @param tableName its name or its ARN */
  constructor(tableName: string, variables: Environment) {
    this.#table = new DynamoDbTable(tableName, variables);
  }

  /**
   * Claims a key until it is completed or freed.
   * @param endsAtMs when the function that claims it cannot be running any more
   * @returns undefined for the claim, or the record of another call that has the key
   * @throws ToolError `outcome_unknown` if the key has a record that we did not write
   * @throws Error where DynamoDB cannot be asked; the key may be claimed all the same
   */
  async claim(
    claim: Claim,
    endsAtMs: number,
    signal: AbortSignal,
    claimsLeft = CLAIMS_MAX,
  ): Promise<WriteRecord | undefined> {
    const { id, inputHash, lifetimeSeconds } = claim.key;
    const refused = await this.#table.change(
      'PutItem',
      {
        Item: {
          id: { S: id },
          status: { S: INPROGRESS },
          expiration: { N: String(Math.ceil(endsAtMs / 1_000) + lifetimeSeconds) },
          in_progress_expiration: { N: String(endsAtMs) },
          validation: { S: inputHash },
          data: { S: claim.claimId },
        },
        // DynamoDB deletes expired records within days, not at once.
        ConditionExpression: 'attribute_not_exists(#status) OR #expiry < :now',
        ExpressionAttributeNames: { '#status': 'status', '#expiry': 'expiration' },
        ExpressionAttributeValues: { ':now': { N: String(Date.now() / 1_000) } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      signal,
    );
    if (!refused) return undefined;
    // Older stand-ins of DynamoDB do not give the record with the refusal.
    const item = refused.item ?? (await this.#table.find({ id: { S: id } }, signal));
    if (!item && claimsLeft > 1) return this.claim(claim, endsAtMs, signal, claimsLeft - 1);
    if (!item) throw new Error('The table refuses a claim, and has no record of its key.');
    const existing = recordOf(item);
    // A request whose answer was lost was sent again.
    return existing.data === claim.claimId ? undefined : existing;
  }

  /** Keeps an answer for those who come with the same key. @throws Error */
  async complete({ key, claimId }: Claim, answer: string, signal: AbortSignal): Promise<void> {
    const { ExpressionAttributeNames, ExpressionAttributeValues, ...own } = ownRecord(key.id, claimId);
    // Where the condition fails, it was done at an attempt whose answer was lost, or the claim has ended.
    await this.#table.change(
      'UpdateItem',
      {
        ...own,
        UpdateExpression: 'SET #status = :completed, #data = :answer, #expiry = :expiry',
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#expiry': 'expiration' },
        ExpressionAttributeValues: {
          ...ExpressionAttributeValues,
          ':completed': { S: COMPLETED },
          ':answer': { S: answer },
          ':expiry': { N: String(Math.ceil(Date.now() / 1_000) + key.lifetimeSeconds) },
        },
      },
      signal,
    );
  }

  /** Lets the next call with the key run. @throws Error */
  async free({ key, claimId }: Claim, signal: AbortSignal): Promise<void> {
    await this.#table.change('DeleteItem', ownRecord(key.id, claimId), signal);
  }
}

/** The record of a key, as long as a claim has it. */
function ownRecord(id: string, claimId: string) {
  return {
    Key: { id: { S: id } },
    ConditionExpression: '#status = :inprogress AND #data = :claim',
    ExpressionAttributeNames: { '#status': 'status', '#data': 'data' },
    ExpressionAttributeValues: { ':inprogress': { S: INPROGRESS }, ':claim': { S: claimId } },
  };
}
