import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { listenOnLoopback } from '../listen-on-loopback.ts';

const TABLE = 'idempotency';
// The API of AWS asks for these; nothing here checks them.
const AWS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

export interface LocalDynamoDb {
  url: string;
  /** The settings with which functions find it and the table of writes. */
  variables: Readonly<Record<string, string>>;
  client: DynamoDBClient;
  close(): Promise<void>;
}

/** DynamoDB's protocol in this process, with the empty table that keeps writes from being repeated. */
export async function startDynamoDb({ port = 0 }: { port?: number } = {}): Promise<LocalDynamoDb> {
  const server = dynalite({ createTableMs: 0 });
  const { url, close } = await listenOnLoopback(server, port);
  const client = new DynamoDBClient({
    endpoint: url,
    region: AWS.AWS_REGION,
    credentials: { accessKeyId: AWS.AWS_ACCESS_KEY_ID, secretAccessKey: AWS.AWS_SECRET_ACCESS_KEY },
  });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  return {
    url,
    client,
    variables: { IDEMPOTENCY_TABLE: TABLE, AWS_ENDPOINT_URL_DYNAMODB: url, ...AWS },
    async close() {
      client.destroy();
      await close();
    },
  };
}
