import { createHash, randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ToolError } from '../errors/tool-error.ts';
import { awsClientConfig } from '../settings/aws-client-config.ts';
import type { Environment } from '../settings/environment.ts';
import { DYNAMODB_LIMITS } from '../writes/dynamodb-limits.ts';

/** The right of one invocation to do what is done once. */
export interface OnceClaim {
  id: string;
  /** Tells this claim from every other one of the same ID. */
  claimId: string;
}

// The names that the records of writes have, with which it shares a table.
const INPROGRESS = 'INPROGRESS';
const COMPLETED = 'COMPLETED';
const NAMES = { '#status': 'status', '#data': 'data' };

const STEP_MAX_MS = 2_000;
// After the end of the invocation's time there are 500 ms for the answer.
const STEP_LEAST_MS = 200;

/**
 * What is done once, in DynamoDB: claimed with a lease, then kept or released by its own claim alone. It takes
 * PutItem, UpdateItem and DeleteItem, and nothing of what it is asked about but a hash.
 */
export class OnceTable {
  readonly #dynamoDb: DynamoDBClient;
  readonly #tableName: string;
  readonly #prefix: string;

  /** @param prefix what the IDs of one purpose begin with, such as `state#` */
  constructor(tableName: string, prefix: string, variables: Environment) {
    this.#dynamoDb = new DynamoDBClient({ ...DYNAMODB_LIMITS, ...awsClientConfig(variables, 'DYNAMODB') });
    this.#tableName = tableName;
    this.#prefix = prefix;
  }

  /**
   * Claims what has no claim and is not kept.
   * @param leaseEndsAtMs when the claim is nobody's any more, unless it is kept
   * @returns undefined where somebody else has it
   * @throws ToolError `dependency_unavailable`
   */
  async claim(what: string, leaseEndsAtMs: number, signal: AbortSignal): Promise<OnceClaim | undefined> {
    const claim = { id: this.#idOf(what), claimId: randomUUID() };
    const put = new PutItemCommand({
      TableName: this.#tableName,
      Item: marshall({
        id: claim.id,
        status: INPROGRESS,
        data: claim.claimId,
        expiration: Math.ceil(leaseEndsAtMs / 1_000),
      }),
      // DynamoDB deletes expired records within days; and the SDK repeats a request whose answer was lost.
      ConditionExpression: 'attribute_not_exists(id) OR #expiry < :now OR #data = :claim',
      ExpressionAttributeNames: { '#expiry': 'expiration', '#data': 'data' },
      ExpressionAttributeValues: marshall({ ':now': Date.now() / 1_000, ':claim': claim.claimId }),
    });
    try {
      return (await done(this.#dynamoDb.send(put, limited(signal)))) ? claim : undefined;
    } catch (cause) {
      // The answer to the claim may be all that was lost; nothing will be done under it.
      await this.release(claim, AbortSignal.timeout(STEP_LEAST_MS)).catch(() => undefined);
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  /** Whether something is kept, which it is not while it is only claimed. @throws ToolError `dependency_unavailable` */
  async isKept(what: string, signal: AbortSignal): Promise<boolean> {
    // A step that changes nothing: stand-ins of DynamoDB do not give the record with a refused claim.
    const update = new UpdateItemCommand({
      TableName: this.#tableName,
      Key: marshall({ id: this.#idOf(what) }),
      UpdateExpression: 'SET #status = :completed',
      ConditionExpression: '#status = :completed',
      ExpressionAttributeNames: { '#status': NAMES['#status'] },
      ExpressionAttributeValues: marshall({ ':completed': COMPLETED }),
    });
    try {
      return await done(this.#dynamoDb.send(update, limited(signal)));
    } catch (cause) {
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  /** Keeps what was done from being done again. @throws Error where DynamoDB cannot be asked */
  async keep(claim: OnceClaim, untilMs: number, signal: AbortSignal): Promise<void> {
    const { values, ...own } = this.#own(claim);
    const update = new UpdateItemCommand({
      ...own,
      UpdateExpression: 'SET #status = :completed, #expiry = :expiry',
      ExpressionAttributeNames: { ...NAMES, '#expiry': 'expiration' },
      ExpressionAttributeValues: marshall({
        ...values,
        ':completed': COMPLETED,
        ':expiry': Math.ceil(untilMs / 1_000),
      }),
    });
    await done(this.#dynamoDb.send(update, limited(signal)));
  }

  /** Lets the next one try. @throws Error where DynamoDB cannot be asked */
  async release(claim: OnceClaim, signal: AbortSignal): Promise<void> {
    const { values, ...own } = this.#own(claim);
    const deletion = new DeleteItemCommand({
      ...own,
      ExpressionAttributeNames: NAMES,
      ExpressionAttributeValues: marshall(values),
    });
    await done(this.#dynamoDb.send(deletion, limited(signal)));
  }

  #own({ id, claimId }: OnceClaim) {
    return {
      TableName: this.#tableName,
      Key: marshall({ id }),
      ConditionExpression: '#status = :inprogress AND #data = :claim',
      values: { ':inprogress': INPROGRESS, ':claim': claimId },
    };
  }

  #idOf(what: string): string {
    return this.#prefix + createHash('sha256').update(what).digest('hex');
  }
}

/** A signal for a step that has to be made even where the time is over. */
export function stepSignal(leftMs: number): AbortSignal {
  return AbortSignal.timeout(Math.max(STEP_LEAST_MS, Math.min(STEP_MAX_MS, leftMs)));
}

function limited(signal: AbortSignal) {
  return { abortSignal: AbortSignal.any([signal, AbortSignal.timeout(STEP_MAX_MS)]) };
}

/** Whether the condition of a step held. */
async function done(step: Promise<unknown>): Promise<boolean> {
  try {
    await step;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
