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
  /** Additional attributes of the item, for code that reads it. */
  attributes?: Attributes;
}

/**
 * The lease, or undefined if another call owns the key; `item` is then the current item. Older emulators of DynamoDB
 * do not return the item.
 */
export type ClaimResult = { lease: Lease } | { lease: undefined; item: Item | undefined };

/**
 * The status of an item: first while a call owns the lease, then after its result is stored. Powertools uses the same
 * names.
 */
export const INPROGRESS = 'INPROGRESS';
export const COMPLETED = 'COMPLETED';

const CLAIM_MAX_MS = 2_000;
const SETTLE_MAX_MS = 1_000;
// A step that starts after the deadline uses a part of the 500 ms that are reserved for the response.
const AFTER_DEADLINE_MAX_MS = 200;
const NEVER = new AbortController().signal;

/**
 * Leases in DynamoDB. A call claims a key, and then either stores a result or releases the key. Every step may be
 * repeated and may arrive late. Each step has the lease ID in its condition. This makes a repetition harmless and
 * protects the leases of other calls.
 */
export class LeaseTable {
  readonly #table: DynamoDbTable;

  /** @param tableName the table's name or ARN */
  constructor(tableName: string, variables: Environment) {
    this.#table = new DynamoDbTable(tableName, variables);
  }

  /**
   * Claims a key that has neither a lease nor a stored result.
   * @throws ToolError `dependency_unavailable` if DynamoDB cannot be reached; the key is then free, unless the
   * release failed too
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
   * Returns the item with a key. Needed only if a claim was rejected without an item.
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
    // We ignore a failed condition: either an earlier attempt has stored the result and its response was lost, or the
    // lease has ended.
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

/** Returns the limits for storing and releasing. Both must be tried even after the deadline. */
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
