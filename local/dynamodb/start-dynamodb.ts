import { once } from 'node:events';
import type { Server } from 'node:http';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { listenOnLoopback } from '../listen-on-loopback.ts';

const TABLE = 'idempotency';
// The AWS SDK requires credentials, but this server does not check them.
const AWS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

export interface LocalDynamoDb {
  url: string;
  /** The settings for the functions: the endpoint and the name of the table. */
  variables: Readonly<Record<string, string>>;
  client: DynamoDBClient;
  close(): Promise<void>;
}

// Local requests take a few milliseconds.
const REQUESTS_END_WITHIN_MS = 1_000;
const LOOK_AGAIN_AFTER_MS = 5;

/**
 * Waits for the requests that are still running. If their connections were cut, the requests would continue
 * on a closed database.
 */
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

/** Starts the DynamoDB API in this process, with an empty table that makes writes idempotent. */
export async function startDynamoDb({ port = 0 }: { port?: number } = {}): Promise<LocalDynamoDb> {
  const server = dynalite({ createTableMs: 0 });
  server.prependListener('request', (request, response) => {
    // If a request has the header `origin`, dynalite allows every web page to read the response.
    delete request.headers.origin;
    // If the body of a request is cut off, dynalite throws an error that would end the process.
    const on = request.on.bind(request);
    request.on = (event, listener) => (event === 'error' ? request : on(event, listener));
    on('error', () => response.destroy());
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
