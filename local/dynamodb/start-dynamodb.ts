import { once } from 'node:events';
import type { Server } from 'node:http';
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

// Requests take some milliseconds here.
const REQUESTS_END_WITHIN_MS = 1_000;
const LOOK_AGAIN_AFTER_MS = 5;

/** Lets what is under way end: a request whose connection is cut goes on, and finds the database closed under it. */
async function closeGracefully(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const endsAtMs = performance.now() + REQUESTS_END_WITHIN_MS;
  const look = setInterval(() => {
    if (performance.now() < endsAtMs) server.closeIdleConnections();
    else server.closeAllConnections();
  }, LOOK_AGAIN_AFTER_MS);
  await closed;
  clearInterval(look);
}

/** DynamoDB's protocol in this process, with the empty table that keeps writes from being repeated. */
export async function startDynamoDb({ port = 0 }: { port?: number } = {}): Promise<LocalDynamoDb> {
  const server = dynalite({ createTableMs: 0 });
  // For a request with an origin, dynalite would let any page read the answer.
  server.prependListener('request', ({ headers }) => {
    delete headers.origin;
  });
  const { url } = await listenOnLoopback(server, port);
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
      if (server.listening) await closeGracefully(server);
    },
  };
}
