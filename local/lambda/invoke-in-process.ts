import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ToolError } from '../../lib/errors/tool-error.ts';
import type { InvokeTool } from '../../lib/mcp/tool-invoker.ts';
import { invokeFunction, type LocalFunction } from './invoke-function.ts';

const TIMEOUT_MS = 29_000;

const Answer = z.record(z.string(), z.unknown());

/** Invokes the functions of tools in this process, without the Lambda API. */
export function invokeInProcess(functions: readonly LocalFunction[]): InvokeTool {
  const byName = new Map(functions.map((called) => [called.functionName, called]));
  return async ({ definition: { name }, effect }, call) => {
    const called = byName.get(name);
    if (!called) throw new ToolError('not_configured', { cause: new Error(`There is no function ${name}.`) });
    const requestId = randomUUID();
    const invocation = await invokeFunction(called, call, { timeoutMs: TIMEOUT_MS, requestId });
    if (typeof invocation !== 'string')
      return { requestId, answer: Answer.parse(JSON.parse(invocation.answerJson)) };
    // Nobody knows the outcome of the call, because the function may have called the provider.
    const cause = new Error(`The function ${invocation}.`);
    return {
      requestId,
      answer: new ToolError(effect === 'read' ? 'internal_error' : 'outcome_unknown', { cause }),
    };
  };
}
