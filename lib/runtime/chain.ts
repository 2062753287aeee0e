import middy, { type MiddlewareObj } from '@middy/core';
import type { Tool } from '../contract/define-tool.ts';
import { UpstreamStatistics } from '../scalekit/upstream-statistics.ts';
import type { InvocationContext, Surface } from '../surfaces/surface.ts';
import { UNKNOWN_SURFACE, unknownCall } from '../surfaces/unknown.ts';
import { abortable, invocationDeadline } from '../time/deadline.ts';
import { answerCall } from './middlewares/answer-call.ts';
import { checkAccount } from './middlewares/check-account.ts';
import { establishCaller } from './middlewares/establish-caller.ts';
import { fitAnswer } from './middlewares/fit-answer.ts';
import { validateInput } from './middlewares/validate-input.ts';
import type { Runtime } from './runtime.ts';
import { inStep, middlewareInStep, type StepName } from './steps.ts';
import type { ToolCall } from './tool-call.ts';

/**
 * Makes the middleware that prevents duplicate writes. Returns undefined if the deployment turns this protection off.
 */
export type WriteGuard = (tool: Tool, runtime: Runtime) => MiddlewareObj<ToolCall> | undefined;

/** Runs every call of a tool, on every surface. */
export interface Chain {
  /** Returns the response to an event, in the format of its surface. */
  run(event: unknown, context: InvocationContext): Promise<unknown>;
  /**
   * Handles an error of a middleware that runs around the chain: reports the error and returns the response.
   * @param thrown a ToolError stays unchanged. Any other error becomes `internal_error`. But if the tool has already
   * sent a write, every error becomes `outcome_unknown`
   */
  fail(event: unknown, context: InvocationContext, thrown: unknown): Promise<unknown>;
}

/**
 * Makes the chain of a tool.
 * @param guard prevents duplicate writes; required for every tool that writes
 * @throws SettingsError if a setting that the tool needs is missing or malformed
 */
export function createChain(
  tool: Tool,
  runtime: Runtime,
  surfaces: readonly Surface[],
  guard?: WriteGuard,
): Chain {
  const { hooks } = runtime;
  const step = (name: StepName, middleware: MiddlewareObj<ToolCall>, endName?: StepName) =>
    middlewareInStep(name, middleware, hooks, endName);
  const guardWrites = tool.effect === 'read' ? undefined : guard?.(tool, runtime);

  async function run({ runInput, api, kept, deadline: { signal } }: ToolCall): Promise<unknown> {
    if (kept) return kept.output;
    if (!api) throw new Error('The account check gave no provider client.');
    const result = await abortable(tool.run(runInput, { api, signal }), signal);
    api.assertWriteEnded();
    return result;
  }

  // Middy passes the context on but does not read it. We can therefore pass an incomplete context.
  const stack: { run(call: ToolCall, context: InvocationContext): Promise<unknown> } = {
    run: middy<ToolCall>({ timeoutEarlyInMillis: 0 })
      .use([
        step('answer', answerCall(tool, runtime)),
        step('identify', establishCaller(tool, runtime)),
        step('validate', validateInput(tool, runtime)),
        step('account', checkAccount(tool, runtime)),
        ...(guardWrites ? [step('key', guardWrites, 'answer')] : []),
        step('fit', fitAnswer(tool, runtime)),
      ])
      .handler(inStep('run', run, hooks)),
  };

  const callsOfInvocations = new WeakMap<InvocationContext, ToolCall>();

  return {
    run(event, context) {
      const call = startCall(receive(event, context), context);
      callsOfInvocations.set(context, call);
      return stack.run(call, context);
    },
    fail(event, context, thrown) {
      const { surface, surfaceName } = receive(event, context);
      const caller = () => {
        throw thrown;
      };
      const call = startCall({ surface: { ...surface, caller }, surfaceName }, context);
      // The provider client of the original call knows if a write was sent.
      call.api = callsOfInvocations.get(context)?.api;
      return stack.run(call, context);
    },
  };

  /** Returns the event as a call of the first surface that recognises it. */
  function receive(event: unknown, context: InvocationContext): ReceivedCall {
    const isSent = context.clientContext !== undefined;
    for (const { name, hasClientContext = false, receive } of surfaces) {
      if (hasClientContext !== isSent) continue;
      const surface = receive(event, context, tool);
      if (surface) return { surface, surfaceName: name };
    }
    return { surface: unknownCall(event, surfaces, context), surfaceName: UNKNOWN_SURFACE };
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
