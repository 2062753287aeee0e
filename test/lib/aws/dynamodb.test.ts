import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbTable } from '../../../lib/aws/dynamodb.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../../local/dynamodb/start-dynamodb.ts';
import { startRecordingServer } from '../../support/recording-server.ts';

const TABLE = 'idempotency';
const TEXT = 'Zoë Ångström 名前 🔑 "\\\n\u2028';
const signal = () => AbortSignal.timeout(5_000);

let dynamoDb: LocalDynamoDb;
let table: DynamoDbTable;
let id: string;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  table = new DynamoDbTable(TABLE, dynamoDb.variables);
});
beforeEach(() => {
  id = crypto.randomUUID();
});
afterAll(() => dynamoDb.close());

const key = () => ({ id: { S: id } });

/** Returns the table's items, read with the AWS SDK. */
async function stored() {
  const { Item } = await dynamoDb.client.send(
    new GetItemCommand({ TableName: TABLE, Key: key(), ConsistentRead: true }),
  );
  return Item;
}

/** Stores an item. */
async function prepare(): Promise<void> {
  await dynamoDb.client.send(
    new PutItemCommand({ TableName: TABLE, Item: { ...key(), data: { S: TEXT }, count: { N: '7' } } }),
  );
}

const dataIs = (text: string) => ({
  ConditionExpression: '#data = :data',
  ExpressionAttributeNames: { '#data': 'data' },
  ExpressionAttributeValues: { ':data': { S: text } },
});

const steps = {
  PutItem: (text: string) =>
    table.change('PutItem', { Item: { ...key(), data: { S: 'put' } }, ...dataIs(text) }, signal()),
  UpdateItem: (text: string) =>
    table.change(
      'UpdateItem',
      {
        Key: key(),
        UpdateExpression: 'SET #count = :count',
        ...dataIs(text),
        ExpressionAttributeNames: { '#data': 'data', '#count': 'count' },
        ExpressionAttributeValues: { ':data': { S: text }, ':count': { N: '8.5' } },
      },
      signal(),
    ),
  DeleteItem: (text: string) => table.change('DeleteItem', { Key: key(), ...dataIs(text) }, signal()),
};

describe('a change of an item', () => {
  test.each([
    ['PutItem', { data: { S: 'put' } }],
    ['UpdateItem', { data: { S: TEXT }, count: { N: '8.5' } }],
    ['DeleteItem', undefined],
  ] as const)('is made by %s if its condition is true', async (operation, expected) => {
    // Prepare
    await prepare();

    // Act
    const refused = await steps[operation](TEXT);

    // Assess
    expect(refused).toBeUndefined();
    expect(await stored()).toEqual(expected && { ...key(), ...expected });
  });

  test.each(['PutItem', 'UpdateItem', 'DeleteItem'] as const)(
    'is rejected by %s and changes nothing if its condition is false',
    async (operation) => {
      // Prepare
      await prepare();
      const before = await stored();

      // Act
      const refused = await steps[operation]('another');

      // Assess
      expect(refused).toEqual({ item: undefined });
      expect(await stored()).toEqual(before);
    },
  );

  test('creates a missing item with PutItem', async () => {
    // Act
    const refused = await table.change(
      'PutItem',
      {
        Item: { ...key(), data: { S: TEXT }, count: { N: '-7' } },
        ...dataIs('another'),
        ConditionExpression: 'attribute_not_exists(id) OR #data = :data',
      },
      signal(),
    );

    // Assess
    expect(refused).toBeUndefined();
    expect(await stored()).toEqual({ ...key(), data: { S: TEXT }, count: { N: '-7' } });
  });

  test('fails with an error if the table does not exist', async () => {
    // Prepare
    const missing = new DynamoDbTable('another', dynamoDb.variables);

    // Act
    const changing = missing.change('DeleteItem', { Key: key(), ...dataIs(TEXT) }, signal());

    // Assess
    await expect(changing).rejects.toMatchObject({ name: 'AwsError', code: 'ResourceNotFoundException' });
  });
});

describe('finding an item', () => {
  test('returns the strings and numbers of the item', async () => {
    // Prepare
    await prepare();

    // Act
    const item = await table.find(key(), signal());

    // Assess
    expect(item).toEqual({ id, data: TEXT, count: 7 });
  });

  test('returns undefined for a missing item', async () => {
    // Act
    const item = await table.find(key(), signal());

    // Assess
    expect(item).toBeUndefined();
  });

  test('leaves out values that are not strings or numbers', async () => {
    // Prepare
    const others: Record<string, AttributeValue> = {
      bytes: { B: Buffer.from('bytes') },
      flag: { BOOL: true },
      nothing: { NULL: true },
      list: { L: [{ S: 'a' }] },
      map: { M: { S: { S: 'a' } } },
      texts: { SS: ['a'] },
    };
    const Item = { ...key(), ...others, data: { S: '' }, count: { N: '0' } };
    await dynamoDb.client.send(new PutItemCommand({ TableName: TABLE, Item }));

    // Act
    const item = await table.find(key(), signal());

    // Assess
    expect(item).toEqual({ id, data: '', count: 0 });
  });
});

// If a condition fails, this server returns the current item. Emulators of DynamoDB do not return it.
describe('a failed condition', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  /**
   * Starts a server that rejects every operation.
   * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
   */
  async function refusing(refusal: object) {
    const server = await startRecordingServer((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        JSON.stringify({
          __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
          message: 'The conditional request failed',
          ...refusal,
        }),
      );
    });
    closing.push(server.close);
    const variables = { ...dynamoDb.variables, AWS_ENDPOINT_URL_DYNAMODB: server.url };
    return { refusingTable: new DynamoDbTable(TABLE, variables), received: server.received };
  }

  test.each([
    [{ Item: { data: { S: TEXT }, count: { N: '7' } } }, { data: TEXT, count: 7 }],
    [{ Item: { data: { S: 'a' }, flag: { BOOL: true }, odd: null, odder: 'S' } }, { data: 'a' }],
    [{ Item: {} }, {}],
    [{}, undefined],
    [{ Item: null }, undefined],
    [{ Item: 'odd' }, undefined],
  ])('returns the item in the response: the response is %j, and the item is %j', async (refusal, item) => {
    // Prepare
    const { refusingTable, received } = await refusing(refusal);
    const input = { Item: { ...key(), data: { S: TEXT } }, ...dataIs('a') };

    // Act
    const refused = await refusingTable.change(
      'PutItem',
      { ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
      signal(),
    );

    // Assess
    expect(refused).toEqual({ item });
    expect(received.map(({ body }) => JSON.parse(body))).toEqual([
      { TableName: TABLE, ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
    ]);
  });
});
