import { createServer, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type LocalDynamoDb, startDynamoDb } from '../../local/dynamodb/start-dynamodb.ts';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

/**
 * A fault of a request to the table: the request is lost, its response is lost, the request is throttled, or the
 * server sends no response.
 */
export type TableFault = 'lost' | 'answer lost' | 'throttled' | 'hangs';

type Operation = 'PutItem' | 'GetItem' | 'UpdateItem' | 'DeleteItem';

export interface FaultyDynamoDb {
  /** The settings for functions that use this server. */
  variables: LocalDynamoDb['variables'];
  client: LocalDynamoDb['client'];
  /** The names of the operations that were received, in order. */
  operations: string[];
  /** Returns the number of connections that clients have opened so far. */
  connections(): number;
  /** Returns the fault for an operation. By default there are no faults. */
  fault: (operation: Operation) => TableFault | undefined;
  close(): Promise<void>;
}

const THROTTLED = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
});

/**
 * Starts a proxy in front of DynamoDB. The test sets the proxy's faults.
 * @param shared the DynamoDB behind the proxy; by default a new DynamoDB, which is closed together with the proxy
 */
export async function startFaultyDynamoDb(shared?: LocalDynamoDb): Promise<FaultyDynamoDb> {
  const dynamoDb = shared ?? (await startDynamoDb());
  let connections = 0;
  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    faulty.operations.push(operation);
    const fault = isOperation(operation) ? faulty.fault(operation) : undefined;
    if (fault === 'hangs') return;
    if (fault === 'lost') {
      incoming.socket.destroy();
      return;
    }
    if (fault === 'throttled') {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(THROTTLED);
      return;
    }
    const { method, url = '/' } = incoming;
    const target = new URL(url, dynamoDb.url);
    const headers = { ...incoming.headers, host: target.host };
    const forwarded = request(target, { method, headers }, (answer) => {
      if (fault === 'answer lost') {
        answer.resume();
        answer.on('end', () => incoming.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => incoming.socket.destroy());
    forwarded.end(body);
  });
  server.on('connection', () => {
    connections += 1;
  });
  const { url, close } = await listenOnLoopback(server, 0);
  const faulty: FaultyDynamoDb = {
    variables: { ...dynamoDb.variables, AWS_ENDPOINT_URL_DYNAMODB: url },
    client: dynamoDb.client,
    operations: [],
    connections: () => connections,
    fault: () => undefined,
    async close() {
      await close();
      if (!shared) await dynamoDb.close();
    },
  };
  return faulty;
}

const OPERATIONS: readonly string[] = [
  'PutItem',
  'GetItem',
  'UpdateItem',
  'DeleteItem',
] satisfies Operation[];

function isOperation(name: string): name is Operation {
  return OPERATIONS.includes(name);
}
