import { createHash, randomUUID } from 'node:crypto';
import { DynamoDbTable } from '../aws/dynamodb.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { Environment } from '../settings/environment.ts';

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
  readonly #table: DynamoDbTable;
  readonly #prefix: string;

  /** @param prefix what the IDs of one purpose begin with, such as `state#` */
  constructor(tableName: string, prefix: string, variables: Environment) {
    this.#table = new DynamoDbTable(tableName, variables);
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
    try {
      const refused = await this.#table.change(
        'PutItem',
        {
          Item: {
            id: { S: claim.id },
            status: { S: INPROGRESS },
            data: { S: claim.claimId },
            expiration: { N: String(Math.ceil(leaseEndsAtMs / 1_000)) },
          },
          // DynamoDB deletes expired records within days; and a request whose answer was lost is sent again.
          ConditionExpression: 'attribute_not_exists(id) OR #expiry < :now OR #data = :claim',
          ExpressionAttributeNames: { '#expiry': 'expiration', '#data': 'data' },
          ExpressionAttributeValues: {
            ':now': { N: String(Date.now() / 1_000) },
            ':claim': { S: claim.claimId },
          },
        },
        limited(signal),
      );
      return refused ? undefined : claim;
    } catch (cause) {
      // The answer to the claim may be all that was lost; nothing will be done under it.
      await this.release(claim, AbortSignal.timeout(STEP_LEAST_MS)).catch(() => undefined);
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  /** Whether something is kept, which it is not while it is only claimed. @throws ToolError `dependency_unavailable` */
  async isKept(what: string, signal: AbortSignal): Promise<boolean> {
    // A step that changes nothing: stand-ins of DynamoDB do not give the record with a refused claim.
    try {
      const refused = await this.#table.change(
        'UpdateItem',
        {
          Key: { id: { S: this.#idOf(what) } },
          UpdateExpression: 'SET #status = :completed',
          ConditionExpression: '#status = :completed',
          ExpressionAttributeNames: { '#status': NAMES['#status'] },
          ExpressionAttributeValues: { ':completed': { S: COMPLETED } },
        },
        limited(signal),
      );
      return !refused;
    } catch (cause) {
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  /** Keeps what was done from being done again. @throws Error where DynamoDB cannot be asked */
  async keep(claim: OnceClaim, untilMs: number, signal: AbortSignal): Promise<void> {
    const own = ownRecord(claim);
    await this.#table.change(
      'UpdateItem',
      {
        ...own,
        UpdateExpression: 'SET #status = :completed, #expiry = :expiry',
        ExpressionAttributeNames: { ...NAMES, '#expiry': 'expiration' },
        ExpressionAttributeValues: {
          ...own.ExpressionAttributeValues,
          ':completed': { S: COMPLETED },
          ':expiry': { N: String(Math.ceil(untilMs / 1_000)) },
        },
      },
      limited(signal),
    );
  }

  /** Lets the next one try. @throws Error where DynamoDB cannot be asked */
  async release(claim: OnceClaim, signal: AbortSignal): Promise<void> {
    await this.#table.change('DeleteItem', ownRecord(claim), limited(signal));
  }

  #idOf(what: string): string {
    return this.#prefix + createHash('sha256').update(what).digest('hex');
  }
}

/** A signal for a step that has to be made even where the time is over. */
export function stepSignal(leftMs: number): AbortSignal {
  return AbortSignal.timeout(Math.max(STEP_LEAST_MS, Math.min(STEP_MAX_MS, leftMs)));
}

function limited(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(STEP_MAX_MS)]);
}

/** The record of a claim, as long as the claim has it. */
function ownRecord({ id, claimId }: OnceClaim) {
  return {
    Key: { id: { S: id } },
    ConditionExpression: '#status = :inprogress AND #data = :claim',
    ExpressionAttributeNames: NAMES,
    ExpressionAttributeValues: { ':inprogress': { S: INPROGRESS }, ':claim': { S: claimId } },
  };
}
