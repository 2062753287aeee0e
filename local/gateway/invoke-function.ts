import { lambdaContext } from './lambda-context.ts';

export type Handler = (event: unknown, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;

/** Lambda's limit for a synchronous answer, 6 MB and a little. */
const answerLimitBytes = 6_291_556;

export type Invocation = { answerJson: string } | 'failed' | 'timed out';

/** Runs a handler as Lambda does: with a deadline, and with an answer that has been through JSON. */
export async function invokeFunction(
  called: { functionName: string; handler: Handler },
  event: unknown,
  timeoutMs: number,
): Promise<Invocation> {
  const timeout = Promise.withResolvers<'timed out'>();
  const timer = setTimeout(() => timeout.resolve('timed out'), timeoutMs);
  // A handler that hangs must not keep the whole local stack alive after it is closed.
  timer.unref();
  try {
    return await Promise.race([answer(called, event, timeoutMs), timeout.promise]);
  } catch (error) {
    console.error(`${called.functionName} failed:`, error);
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

async function answer(
  { functionName, handler }: { functionName: string; handler: Handler },
  event: unknown,
  timeoutMs: number,
): Promise<Invocation> {
  const value = await handler(event, lambdaContext(functionName, timeoutMs));
  const answerJson = value === undefined ? 'null' : JSON.stringify(value);
  if (Buffer.byteLength(answerJson) > answerLimitBytes)
    throw new Error('the answer is larger than 6 MB, the limit of Lambda');
  return { answerJson };
}
