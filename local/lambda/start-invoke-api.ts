import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { readBody } from '../http-request.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { Router } from '../router.ts';
import { type AccessKey, createAccessKey, isSignedWith } from './aws-signature.ts';
import { type Invocation, invokeFunction, type LocalFunction } from './invoke-function.ts';

/** Lambda's limit for the event of a synchronous invocation. */
const REQUEST_LIMIT_BYTES = 6 * 1024 * 1024;
const TIMEOUT_MS_DEFAULT = 29_000;
const ROUTER = new Router([['POST /2015-03-31/functions/{name}/invocations', 'Invoke']]);

export interface InvokeApiOptions {
  port?: number;
  functions: readonly LocalFunction[];
  timeoutMs?: number;
}

export interface InvokeApi {
  url: string;
  /** The access key for signing requests, valid until the API is closed. */
  credentials: AccessKey;
  /** Replaces the functions. Invocations in flight continue with the earlier functions. */
  setFunctions(functions: readonly LocalFunction[]): void;
  close(): Promise<void>;
}

interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Starts the part of the Lambda API that invokes a function and waits for its response. Each request must be
 * signed with an access key, because a direct call can name any user. The key is new at every start.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function startInvokeApi({
  port = 0,
  functions,
  timeoutMs = TIMEOUT_MS_DEFAULT,
}: InvokeApiOptions): Promise<InvokeApi> {
  const credentials = createAccessKey();
  let byName = functionsByName(functions);

  async function answerTo(request: IncomingMessage, requestId: string): Promise<ApiAnswer> {
    const body = await readBody(request, REQUEST_LIMIT_BYTES);
    if (body === 'too large') return refusal(413, 'RequestTooLargeException', 'The event is over 6 MB.');
    if (!isSignedWith(credentials, request, body))
      return refusal(403, 'InvalidSignatureException', 'Sign the request with the access key of this run.');
    const name = ROUTER.find(request.method, request.url ?? '')?.pathParameters.name;
    if (name === undefined)
      return refusal(404, 'UnknownOperationException', 'This API only invokes functions.');
    const called = byName.get(name);
    if (!called) return refusal(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    const received = receive(request, body);
    if ('status' in received) return received;
    const { event, ...options } = received;
    return answerOf(await invokeFunction(called, event, { timeoutMs, requestId, ...options }));
  }

  const server = createServer(async (request, response) => {
    const requestId = randomUUID();
    const { status, headers, body } = await answerTo(request, requestId).catch(() =>
      refusal(500, 'ServiceException', 'The request failed.'),
    );
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...headers,
    });
    response.end(body);
  });
  const { url, close } = await listenOnLoopback(server, port);
  return {
    url,
    credentials,
    setFunctions: (others) => {
      byName = functionsByName(others);
    },
    close,
  };
}

function functionsByName(functions: readonly LocalFunction[]): ReadonlyMap<string, LocalFunction> {
  return new Map(functions.map((called) => [called.functionName, called]));
}

/** Returns the event in the request, or an error response. */
function receive(
  request: IncomingMessage,
  body: Buffer,
): { event: unknown; clientContext?: unknown } | ApiAnswer {
  const header = request.headers['x-amz-client-context'];
  try {
    return {
      event: JSON.parse(body.toString() || '{}'),
      ...(typeof header === 'string' && {
        clientContext: JSON.parse(Buffer.from(header, 'base64').toString()),
      }),
    };
  } catch {
    return refusal(400, 'InvalidRequestContentException', 'The event or the client context is not JSON.');
  }
}

function answerOf(invocation: Invocation): ApiAnswer {
  if (invocation === 'timed out') return functionError('Sandbox.Timedout', 'The function timed out.');
  if (invocation === 'failed') return functionError('Error', 'The function failed.');
  return { status: 200, headers: {}, body: invocation.answerJson };
}

function refusal(status: number, type: string, message: string): ApiAnswer {
  const body = JSON.stringify({ Type: 'User', Message: message });
  return { status, headers: { 'x-amzn-errortype': type }, body };
}

/** Lambda's response if a function failed. */
function functionError(errorType: string, errorMessage: string): ApiAnswer {
  return {
    status: 200,
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify({ errorType, errorMessage }),
  };
}
