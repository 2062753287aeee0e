import { randomUUID } from 'node:crypto';
import { type Attributes, DynamoDbTable, type Item } from '../aws/dynamodb.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { Environment } from '../settings/parse-settings.ts';
import type { Deadline } from '../time/deadline.ts';

/** A lease on one key. Only the call that owns the lease may complete or release it. */
export interface Lease {
  key: string;
  /** Distinguishes this lease from every other lease on the same key. */
  leaseId: string;
}

interface LeaseTerms {
  /** The time when the lease expires. After this time anyone may claim the key, unless a result was stored. */
  expiresAtMs: number;
  /** Additional attributes of the item. They help code that reads the item later. */
  attributes?: Attributes;
}

/**
 * The result of a claim: a lease, or the current item of the call that owns the key. The item is undefined with older
 * emulators of DynamoDB, because they do not return it.
 */
export type ClaimResult = { lease: Lease } | { lease: undefined; item: Item | undefined };

/**
 * The status of an item while a call owns the lease, and the status after the call has stored its result. Powertools
 * for AWS Lambda uses the same names.
 */
export const INPROGRESS = 'INPROGRESS';
export const COMPLETED = 'COMPLETED';

const CLAIM_MAX_MS = 2_000;
const SETTLE_MAX_MS = 1_000;
// The limit of a request that starts after the deadline. The deadline leaves 500 ms for the response, and such a
// request uses a part of them.
const AFTER_DEADLINE_MAX_MS = 200;
const NEVER = new AbortController().signal;

/**
 * Leases in DynamoDB. A call claims a key, and then either stores a result or releases the key. A request may be sent
 * twice or arrive late. The condition of each request contains the lease ID, so such a request never changes the lease
 * of another call.
 */
export class LeaseTable {
  readonly #table: DynamoDbTable;

  /** @param tableName the table's name or ARN */
  constructor(tableName: string, variables: Environment) {
    this.#table = new DynamoDbTable(tableName, variables);
  }

  /**
   * Claims a key that has neither a lease nor a stored result.
   * @throws ToolError `dependency_unavailable` if DynamoDB cannot be reached. The key is then free, unless the request
   * that releases it fails too
   */
  async claim(key: string, terms: LeaseTerms, deadline: Deadline): Promise<ClaimResult> {
    const lease = { key, leaseId: randomUUID() };
    try {
      const refused = await this.#table.change(
        'PutItem',
        {
          Item: {
            ...terms.attributes,
            id: { S: key },
            status: { S: INPROGRESS },
            data: { S: lease.leaseId },
            expiration: { N: seconds(terms.expiresAtMs) },
          },
          // DynamoDB may delete an expired item days late, so we compare the time. The lease ID lets a repeated request
          // succeed if the response to the first request was lost.
          ConditionExpression: 'attribute_not_exists(#status) OR #expiry < :now OR #data = :lease',
          ExpressionAttributeNames: { '#status': 'status', '#expiry': 'expiration', '#data': 'data' },
          ExpressionAttributeValues: {
            ':now': { N: String(Date.now() / 1_000) },
            ':lease': { S: lease.leaseId },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
        ...claimLimits(deadline),
      );
      return refused ? { lease: undefined, item: refused.item } : { lease };
    } catch (cause) {
      // The claim may have succeeded although its response was lost. We release it, because the call will not run.
      await this.#release(lease, [NEVER, AFTER_DEADLINE_MAX_MS]).catch(() => undefined);
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  /**
   * Returns the item with a key. Call this only if `claim` returned neither a lease nor an item.
   * @returns undefined if the item no longer exists
   * @throws ToolError `dependency_unavailable`
   */
  async read(key: string, deadline: Deadline): Promise<Item | undefined> {
    try {
      return await this.#table.find({ id: { S: key } }, ...claimLimits(deadline));
    } catch (cause) {
      throw new ToolError('dependency_unavailable', { cause });
    }
  }

  /**
   * Stores a result under the key. Nobody can claim the key before the result expires.
   * @throws Error if DynamoDB cannot be reached
   */
  async keep(
    lease: Lease,
    { data, expiresAtMs }: { data: string; expiresAtMs: number },
    deadline: Deadline,
  ): Promise<void> {
    const own = ownItem(lease);
    // We ignore a failed condition. It means that an earlier attempt has stored the result but its response was lost,
    // or that the lease has ended.
    await this.#table.change(
      'UpdateItem',
      {
        ...own,
        UpdateExpression: 'SET #status = :completed, #data = :data, #expiry = :expiry',
        ExpressionAttributeNames: { ...own.ExpressionAttributeNames, '#expiry': 'expiration' },
        ExpressionAttributeValues: {
          ...own.ExpressionAttributeValues,
          ':completed': { S: COMPLETED },
          ':data': { S: data },
          ':expiry': { N: seconds(expiresAtMs) },
        },
      },
      ...settleLimits(deadline),
    );
  }

  /** Lets the next caller claim the key. @throws Error if DynamoDB cannot be reached */
  async release(lease: Lease, deadline: Deadline): Promise<void> {
    await this.#release(lease, settleLimits(deadline));
  }

  async #release(lease: Lease, limits: Limits): Promise<void> {
    await this.#table.change('DeleteItem', ownItem(lease), ...limits);
  }
}

type Limits = readonly [signal: AbortSignal, timeoutMs: number];

const claimLimits = ({ signal }: Deadline): Limits => [signal, CLAIM_MAX_MS];

/** Returns the limits for storing a result and for releasing a key. We try both even after the deadline. */
const settleLimits = ({ leftMs }: Deadline): Limits => [
  NEVER,
  Math.max(AFTER_DEADLINE_MAX_MS, Math.min(SETTLE_MAX_MS, leftMs)),
];

/** Returns the condition that this lease still owns the key. */
function ownItem({ key, leaseId }: Lease) {
  return {
    Key: { id: { S: key } },
    ConditionExpression: '#status = :inprogress AND #data = :lease',
    ExpressionAttributeNames: { '#status': 'status', '#data': 'data' },
    ExpressionAttributeValues: { ':inprogress': { S: INPROGRESS }, ':lease': { S: leaseId } },
  };
}

function seconds(timeMs: number): string {
  return String(Math.ceil(timeMs / 1_000));
}
