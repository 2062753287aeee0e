import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

/** A request that a function has sent through the gate. */
interface GateRequest {
  /** The name of the request, such as `POST /oauth/token`, `PutItem`, or `POST /proxy/api/chat.postMessage`. */
  name: string;
  /** True if the request goes to the provider and is not a GET. */
  mayWrite: boolean;
}

/** The fate of a request: the gate serves it, loses it, or loses its response. */
export type GateFault = 'served' | 'request lost' | 'reply lost';

export interface NetworkGate {
  /** The settings for a function that sends its requests through the gate. */
  variables: Readonly<Record<string, string>>;
  requests: GateRequest[];
  /** Returns the fate of a request. The position is the number of requests that arrived before it. */
  fault: (position: number) => GateFault;
  /** Called after the function has received the response, or after its connection was reset. */
  onFate: (position: number) => void;
  /** Disconnects the function: its requests no longer arrive, and it receives no responses. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Starts a gate in front of Scalekit, DynamoDB and Secrets Manager. All requests of a function go through the gate.
 * @param upstream the URLs of the three servers
 */
export async function startNetworkGate(upstream: {
  scalekit: string;
  dynamoDb: string;
  secretsManager: string;
}): Promise<NetworkGate> {
  let isCut = false;

  async function pass(target: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const position = gate.requests.length;
    const fate = isCut ? 'request lost' : gate.fault(position);
    if (!isCut) gate.requests.push(described(incoming));
    const body = await buffer(incoming);
    const answer = fate === 'request lost' ? undefined : await forward(target, incoming, body);
    if (answer && fate === 'served' && !isCut)
      response.writeHead(answer.status, answer.headers).end(answer.body);
    else incoming.socket.resetAndDestroy();
    gate.onFate(position);
  }

  const listeners = await Promise.all(
    [upstream.scalekit, upstream.dynamoDb, upstream.secretsManager].map((target) =>
      listenOnLoopback(
        createServer((incoming, response) => {
          pass(target, incoming, response).catch(() => incoming.socket.destroy());
        }),
        0,
      ),
    ),
  );
  const [scalekit = '', dynamoDb = '', secretsManager = ''] = listeners.map(({ url }) => url);
  const gate: NetworkGate = {
    variables: {
      SCALEKIT_ENV_URL: scalekit,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
    },
    requests: [],
    fault: () => 'served',
    onFate: () => undefined,
    cut() {
      isCut = true;
    },
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
  return gate;
}

function described({ method = '', url = '', headers }: IncomingMessage): GateRequest {
  const operation = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const [path = ''] = url.split('?');
  return {
    name: operation || `${method} ${path}`,
    mayWrite: path.startsWith('/proxy/') && method !== 'GET',
  };
}

async function forward(target: string, { method, url = '/', headers }: IncomingMessage, body: Buffer) {
  const address = new URL(url, target);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(address, { method, headers: { ...headers, host: address.host } }, resolve)
    .on('error', reject)
    .end(body);
  const answer = await promise;
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await buffer(answer) };
}
