import type { MiddlewareObj } from '@middy/core';
import type { ToolCall } from './tool-call.ts';

/** The steps of a call, in order. A call of a tool that only reads has no step `key`. */
export const STEP_NAMES = [
  'recognise',
  'identify',
  'validate',
  'account',
  'key',
  'run',
  'fit',
  'answer',
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/**
 * Functions that are called at the start and end of each step, for example for a tracer. The step `recognise` has no
 * such calls. The functions must not throw.
 */
export interface ChainHooks {
  stepStarted(name: StepName): void;
  /** @param failed true if the step threw an error */
  stepEnded(name: StepName, failed: boolean): void;
}

/**
 * Calls the hooks when a middleware starts and ends. The hooks get the name of a step, and not the names of the
 * middleware's functions.
 * @param name the step of `before`
 * @param endName the step of `after` and `onError`; by default `name`
 */
export function middlewareInStep(
  name: StepName,
  middleware: MiddlewareObj<ToolCall>,
  hooks: ChainHooks | undefined,
  endName = name,
): MiddlewareObj<ToolCall> {
  if (!hooks) return middleware;
  const { before, after, onError } = middleware;
  return {
    ...(before && { before: inStep(name, before, hooks) }),
    ...(after && { after: inStep(endName, after, hooks) }),
    ...(onError && { onError: inStep(endName, onError, hooks) }),
  };
}

/** Calls the hooks when a function starts and ends. */
export function inStep<Input, Output>(
  name: StepName,
  run: (input: Input) => Output | Promise<Output>,
  hooks: ChainHooks | undefined,
): (input: Input) => Output | Promise<Output> {
  if (!hooks) return run;
  return async (input) => {
    hooks.stepStarted(name);
    let failed = true;
    try {
      const output = await run(input);
      failed = false;
      return output;
    } finally {
      hooks.stepEnded(name, failed);
    }
  };
}
