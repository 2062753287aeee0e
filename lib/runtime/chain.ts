import middy, { type MiddlewareObj } from '@middy/core';
import type { Tool } from '../contract/define-tool.ts';
import { UpstreamStatistics } from '../scalekit/upstream-statistics.ts';
import type { InvocationContext, Surface } from '../surfaces/surface.ts';
import { unknownCall } from '../surfaces/unknown.ts';
import { abortable } from '../time/abortable.ts';
import { invocationDeadline } from './invocation-deadline.ts';
import { answerCall } from './middlewares/answer-call.ts';
import { checkAccount } from './middlewares/check-account.ts';
import { establishCaller } from './middlewares/establish-caller.ts';
import { fitAnswer } from './middlewares/fit-answer.ts';
import { validateInput } from './middlewares/validate-input.ts';
import type { Runtime } from './runtime.ts';
import type { ToolCall } from './tool-call.ts';

/** Makes the middleware that prevents duplicate writes; undefined if the deployment has none. */
export type WriteGuard = (tool: Tool, runtime: Runtime) => MiddlewareObj<ToolCall> | undefined;

export type Chain = (event: unknown, context: InvocationContext) => Promise<unknown>;

/**
 * The chain of middlewares that every call of a tool runs through, on every surface.
 * @param guard required for every tool that writes
 * @throws SettingsError if a setting that the tool needs is missing or malformed
 */
export function createChain(
  tool: Tool,
  runtime: Runtime,
  surfaces: readonly Surface[],
  guard?: WriteGuard,
): Chain {
  const guardWrites = tool.effect === 'read' ? undefined : guard?.(tool, runtime);

  // Middy only passes the context on, so a partial one will do.
  const stack: { run(call: ToolCall, context: InvocationContext): Promise<unknown> } = {
    run: middy<ToolCall>({ ...runtime.hooks, timeoutEarlyInMillis: 0 })
      .use([
        answerCall(tool, runtime),
        establishCaller(tool.connector, runtime),
        validateInput(tool, runtime),
        checkAccount(tool, runtime),
        ...(guardWrites ? [guardWrites] : []),
        fitAnswer(tool, runtime),
      ])
      .handler(async ({ runInput, api, kept, deadline: { signal } }) => {
        if (kept) return kept.output;
        if (!api) throw new Error('The account check gave no provider client.');
        const result = await abortable(tool.run(runInput, { api, signal }), signal);
        api.assertWriteEnded();
        return result;
      }),
  };

  return (event, context) => stack.run(startCall(receive(event, context), context), context);

  /** The first surface that recognises the event handles it. */
  function receive(event: unknown, context: InvocationContext): ReceivedCall {
    const isSent = context.clientContext !== undefined;
    for (const { name, hasClientContext = false, receive } of surfaces) {
      if (hasClientContext !== isSent) continue;
      const surface = receive(event, context, tool);
      if (surface) return { surface, surfaceName: name };
    }
    return { surface: unknownCall(surfaces, context), surfaceName: 'unknown' };
  }
}

type ReceivedCall = Pick<ToolCall, 'surface' | 'surfaceName'>;

function startCall(received: ReceivedCall, context: InvocationContext): ToolCall {
  return {
    ...received,
    requestId: context.awsRequestId ?? null,
    deadline: invocationDeadline(context),
    startedAtMs: Date.now(),
    statistics: new UpstreamStatistics(),
    acting: { name: received.surface.sender, delegated: undefined },
    identifier: '',
    idempotencyKey: undefined,
    replayed: false,
    kept: undefined,
    input: {},
    position: undefined,
    runInput: {},
    api: undefined,
  };
}
