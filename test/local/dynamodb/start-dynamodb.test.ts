import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startDynamoDb } from '../../../local/dynamodb/start-dynamodb.ts';

test('a request that is running when the emulator closes gets a response or an error, and the process continues', async () => {
  for (let round = 0; round < 20; round += 1) {
    const dynamoDb = await startDynamoDb();
    const client = new DynamoDBClient({
      endpoint: dynamoDb.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    const TableName = dynamoDb.variables.IDEMPOTENCY_TABLE;
    const put = new PutItemCommand({ TableName, Item: { id: { S: 'a' } } });
    const update = new UpdateItemCommand({
      TableName,
      Key: { id: { S: 'a' } },
      UpdateExpression: 'SET #data = :data',
      ExpressionAttributeNames: { '#data': 'data' },
      ExpressionAttributeValues: { ':data': { S: 'b' } },
    });
    await client.send(put);

    const underWay = Array.from({ length: 10 }, () => client.send(update));
    const closed = new Promise((resolve) => setTimeout(resolve, round / 2)).then(() => dynamoDb.close());
    const answers = await Promise.allSettled(underWay);

    expect(answers).toHaveLength(10);
    await closed;
    client.destroy();
  }
});
