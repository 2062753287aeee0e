import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

const TIMEOUT_MS = 29_000;

/** An invocation of a function. */
export interface Invocation {
  event: unknown;
  /** The context that AgentCore Gateway sends. */
  clientContext?: unknown;
}

interface UnderWay {
  startedAtMs: number;
  resolve(ended: { answer: unknown; durationMs: number }): void;
  reject(error: Error): void;
}

/**
 * Starts Lambda's runtime API for one execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startRuntimeApi() {
  const server = createServer((request, response) => void serve(request, response));
  const { port, close } = await listenOnLoopback(server, 0);
  let waiting = Promise.withResolvers<{ response: ServerResponse; atMs: number }>();
  let underWay: UnderWay | undefined;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const atMs = performance.now();
    const step = request.url?.split('/').at(-1);
    if (step === 'next') {
      waiting.resolve({ response, atMs });
      return;
    }
    const body = await text(request);
    response.writeHead(202).end();
    if (step === 'response') end(body, atMs);
    else fail(new Error(`The function failed: ${body}`));
  }

  function end(body: string, atMs: number): void {
    underWay?.resolve({ answer: JSON.parse(body), durationMs: atMs - underWay.startedAtMs });
    underWay = undefined;
  }

  function fail(error: Error): void {
    underWay?.reject(error);
    failed.reject(error);
  }

  return {
    address: `127.0.0.1:${port}`,

    /** Returns the time when the runtime client next requests an invocation, by the clock of `performance.now`. */
    idle: async () => (await Promise.race([waiting.promise, failed.promise])).atMs,

    /** Invokes the function, and returns its response and duration. */
    async invoke({ event, clientContext }: Invocation) {
      const { response } = await Promise.race([waiting.promise, failed.promise]);
      waiting = Promise.withResolvers();
      const id = randomUUID();
      const body = JSON.stringify(event);
      const ended = Promise.withResolvers<{ answer: unknown; durationMs: number }>();
      response.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': Date.now() + TIMEOUT_MS,
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:bench',
        'lambda-runtime-trace-id': `Root=1-${Date.now().toString(16)}-${id.replaceAll('-', '').slice(0, 24)}`,
        ...(clientContext !== undefined && {
          'lambda-runtime-client-context': JSON.stringify(clientContext),
        }),
      });
      underWay = { startedAtMs: performance.now(), ...ended };
      response.end(body);
      return ended.promise;
    },

    /** Makes the current call fail, and every later wait for the environment. */
    fail,
    close,
  };
}
