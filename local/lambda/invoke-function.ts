import { lambdaContext } from './lambda-context.ts';

type Handler = (event: unknown, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;

export interface LocalFunction {
  functionName: string;
  handler: Handler;
}

/** Lambda's limit for a synchronous response, slightly over 6 MB. */
const ANSWER_LIMIT_BYTES = 6_291_556;

export type Invocation = { answerJson: string } | 'failed' | 'timed out';

interface InvokeOptions {
  timeoutMs: number;
  /** The client context of the invocation. */
  clientContext?: unknown;
  /** The request ID; a new ID by default. */
  requestId?: string;
}

/** Runs a handler in the same way as Lambda, with a time limit. The response is converted to JSON. */
export async function invokeFunction(
  called: LocalFunction,
  event: unknown,
  options: InvokeOptions,
): Promise<Invocation> {
  const timeout = Promise.withResolvers<'timed out'>();
  const timer = setTimeout(() => timeout.resolve('timed out'), options.timeoutMs);
  // A handler that hangs must not keep the process alive.
  timer.unref();
  try {
    return await Promise.race([answer(called, event, options), timeout.promise]);
  } catch (error) {
    console.error(`${called.functionName} failed:`, error);
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

async function answer(
  { functionName, handler }: LocalFunction,
  event: unknown,
  { timeoutMs, clientContext, requestId }: InvokeOptions,
): Promise<Invocation> {
  const value = await handler(event, lambdaContext(functionName, timeoutMs, clientContext, requestId));
  const answerJson = value === undefined ? 'null' : JSON.stringify(value);
  if (Buffer.byteLength(answerJson) > ANSWER_LIMIT_BYTES)
    throw new Error('the answer is larger than 6 MB, the limit of Lambda');
  return { answerJson };
}
