import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  IdempotencyRecordStatus,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Claim } from './claim.ts';
import { DYNAMODB_LIMITS } from './dynamodb-limits.ts';
import { recordOf } from './record-of-item.ts';

const { INPROGRESS, COMPLETED } = IdempotencyRecordStatus;

const CLAIMS_MAX = 3;

/**
 * The records of writes in DynamoDB, as Powertools keeps them, with three differences: a record whose function's time is
 * over is not claimed again, since what it sent is not known; and a record is completed or freed by its own claim alone,
 * so that a step that DynamoDB gets late or twice does not touch the next claim. While a claim runs, `data` is its ID.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 */
export class WriteRecords extends DynamoDBPersistenceLayer {
  readonly #dynamoDb: DynamoDBClient;
  readonly #tableName: string;

  constructor(tableName: string, clientConfig: DynamoDBClientConfig = {}) {
    const dynamoDb = new DynamoDBClient({ ...DYNAMODB_LIMITS, ...clientConfig });
    super({ tableName, awsSdkV3Client: dynamoDb });
    this.#dynamoDb = dynamoDb;
    this.#tableName = tableName;
  }

  /**
   * Claims a key until it is completed or freed.
   * @param endsAtMs when the function that claims it cannot be running any more
   * @returns the claim, or the record of another call that has the key
   * @throws Error where DynamoDB cannot be asked; the key may be claimed all the same
   */
  async claim(
    claim: Claim,
    endsAtMs: number,
    signal: AbortSignal,
    claimsLeft = CLAIMS_MAX,
  ): Promise<IdempotencyRecord | undefined> {
    const { id, inputHash, lifetimeSeconds } = claim.key;
    const record = new IdempotencyRecord({
      idempotencyKey: id,
      status: INPROGRESS,
      expiryTimestamp: Math.ceil(endsAtMs / 1_000) + lifetimeSeconds,
      inProgressExpiryTimestamp: endsAtMs,
      payloadHash: inputHash,
      responseData: claim.claimId,
    });
    try {
      await this._putRecord(record, signal);
      return undefined;
    } catch (error) {
      if (!(error instanceof IdempotencyItemAlreadyExistsError)) throw error;
      const existing = error.existingRecord ?? (await this.#find(id));
      if (!existing && claimsLeft > 1) return this.claim(claim, endsAtMs, signal, claimsLeft - 1);
      if (!existing) throw error;
      // The SDK repeats a request whose answer was lost.
      return existing.responseData === claim.claimId ? undefined : existing;
    }
  }

  /** Keeps an answer for those who come with the same key. @throws Error */
  async complete({ key, claimId }: Claim, answer: string, signal: AbortSignal): Promise<void> {
    const record = new IdempotencyRecord({
      idempotencyKey: key.id,
      status: COMPLETED,
      expiryTimestamp: Math.ceil(Date.now() / 1_000) + key.lifetimeSeconds,
      responseData: answer,
    });
    await this._updateRecord(record, claimId, signal);
  }

  /** Lets the next call with the key run. @throws Error */
  async free({ key, claimId }: Claim, signal: AbortSignal): Promise<void> {
    const record = new IdempotencyRecord({ idempotencyKey: key.id, status: INPROGRESS });
    await this._deleteRecord(record, claimId, signal);
  }

  protected override async _putRecord(record: IdempotencyRecord, signal?: AbortSignal): Promise<void> {
    const put = new PutItemCommand({
      TableName: this.#tableName,
      Item: {
        ...this.getKey(record.idempotencyKey),
        ...marshall({
          status: INPROGRESS,
          expiration: record.expiryTimestamp,
          in_progress_expiration: record.inProgressExpiryTimestamp,
          validation: record.payloadHash,
          data: record.responseData,
        }),
      },
      // DynamoDB deletes expired records within days, not at once.
      ConditionExpression: 'attribute_not_exists(#status) OR #expiry < :now',
      ExpressionAttributeNames: { '#status': 'status', '#expiry': 'expiration' },
      ExpressionAttributeValues: marshall({ ':now': Date.now() / 1_000 }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await this.#dynamoDb.send(put, abortedBy(signal));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const existing = error.Item && recordOf(record.idempotencyKey, unmarshall(error.Item));
      throw new IdempotencyItemAlreadyExistsError('The key is claimed.', existing);
    }
  }

  protected override async _updateRecord(
    record: IdempotencyRecord,
    claimId = '',
    signal?: AbortSignal,
  ): Promise<void> {
    const { names, values, condition, ...key } = this.#ownRecord(record.idempotencyKey, claimId);
    const update = new UpdateItemCommand({
      ...key,
      UpdateExpression: 'SET #status = :completed, #data = :answer, #expiry = :expiry',
      ConditionExpression: condition,
      ExpressionAttributeNames: { ...names, '#expiry': 'expiration' },
      ExpressionAttributeValues: {
        ...values,
        ...marshall({
          ':completed': COMPLETED,
          ':answer': record.responseData,
          ':expiry': record.expiryTimestamp,
        }),
      },
    });
    await this.#dynamoDb.send(update, abortedBy(signal)).catch(unlessDone);
  }

  protected override async _deleteRecord(
    record: IdempotencyRecord,
    claimId = '',
    signal?: AbortSignal,
  ): Promise<void> {
    const { names, values, condition, ...key } = this.#ownRecord(record.idempotencyKey, claimId);
    const deletion = new DeleteItemCommand({
      ...key,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    });
    await this.#dynamoDb.send(deletion, abortedBy(signal)).catch(unlessDone);
  }

  /** The record of a key, as long as a claim has it. */
  #ownRecord(id: string, claimId: string) {
    return {
      TableName: this.#tableName,
      Key: this.getKey(id),
      condition: '#status = :inprogress AND #data = :claim',
      names: { '#status': 'status', '#data': 'data' },
      values: marshall({ ':inprogress': INPROGRESS, ':claim': claimId }),
    };
  }

  /** For where DynamoDB does not give the record with the refusal, as older stand-ins of it do not. */
  async #find(id: string): Promise<IdempotencyRecord | undefined> {
    try {
      return await this._getRecord(id);
    } catch (error) {
      if (error instanceof IdempotencyItemNotFoundError) return undefined;
      throw error;
    }
  }
}

function abortedBy(signal: AbortSignal | undefined) {
  return signal ? { abortSignal: signal } : {};
}

/** A step whose answer was lost was done at its first attempt; one of a claim that has ended has nothing to do. */
function unlessDone(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
