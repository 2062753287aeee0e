import type { Environment } from '../settings/parse-settings.ts';
import { AwsError, AwsService } from './aws-service.ts';

/**
 * An attribute in DynamoDB's JSON.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
 */
type Attribute = { S: string } | { N: string };
export type Attributes = Readonly<Record<string, Attribute>>;

/** A condition on one item. */
interface Conditional {
  ConditionExpression: string;
  ExpressionAttributeNames: Readonly<Record<string, string>>;
  ExpressionAttributeValues: Attributes;
}

interface Operations {
  PutItem: Conditional & { Item: Attributes; ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' };
  UpdateItem: Conditional & { Key: Attributes; UpdateExpression: string };
  DeleteItem: Conditional & { Key: Attributes };
  GetItem: { Key: Attributes; ConsistentRead: true };
}

/** An item, reduced to the attributes that are strings or numbers. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * The result of an operation whose condition was false. It contains the current item if the operation requested it.
 */
interface FailedCondition {
  item: Item | undefined;
}

const CONDITION_FAILED = 'ConditionalCheckFailedException';

/** A DynamoDB table, with operations on single items. */
export class DynamoDbTable {
  readonly #service: AwsService;
  readonly #tableName: string;

  /** @param tableName the table's name or ARN */
  constructor(tableName: string, variables: Environment) {
    this.#tableName = tableName;
    this.#service = new AwsService(
      {
        name: 'dynamodb',
        setting: 'DYNAMODB',
        target: 'DynamoDB_20120810',
        jsonVersion: '1.0',
        keepsConnections: true,
      },
      variables,
    );
  }

  /**
   * Runs an operation with a condition. If the response is lost, the request is sent again. The condition may then be
   * false because the first request has already changed the item.
   * @returns undefined if the condition was true
   * @throws Error if DynamoDB cannot be reached. The operation may nevertheless have run
   */
  async change<Name extends 'PutItem' | 'UpdateItem' | 'DeleteItem'>(
    operation: Name,
    input: Operations[Name],
    signal: AbortSignal,
    timeoutMs?: number,
  ): Promise<FailedCondition | undefined> {
    try {
      await this.#service.call(operation, { TableName: this.#tableName, ...input }, signal, timeoutMs);
      return undefined;
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== CONDITION_FAILED) throw error;
      return { item: plainItem(error.body) };
    }
  }

  /**
   * Returns the item with a key, or undefined if there is no such item.
   * @throws Error if DynamoDB cannot be reached
   */
  async find(key: Attributes, signal: AbortSignal, timeoutMs?: number): Promise<Item | undefined> {
    const input: Operations['GetItem'] = { Key: key, ConsistentRead: true };
    const request = { TableName: this.#tableName, ...input };
    return plainItem(await this.#service.call('GetItem', request, signal, timeoutMs));
  }
}

function plainItem(body: unknown): Item | undefined {
  const { Item: item }: { Item?: unknown } = Object(body);
  if (typeof item !== 'object' || item === null) return undefined;
  const entries = Object.entries(item).map(([name, attribute]): [string, unknown] => {
    const { S: text, N: number }: { S?: unknown; N?: unknown } = Object(attribute);
    return [name, typeof number === 'string' ? Number(number) : text];
  });
  return Object.fromEntries(entries);
}
