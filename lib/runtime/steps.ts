import type { MiddlewareObj } from '@middy/core';
import type { ToolCall } from './tool-call.ts';

/** The steps of a call, in order. Only tools that write have the step `key`. */
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

/** Hooks that are called around each step except `recognise`, for example by a tracer. They must not throw. */
export interface ChainHooks {
  stepStarted(name: StepName): void;
  /** @param failed true if the step threw an error */
  stepEnded(name: StepName, failed: boolean): void;
}

/**
 * Reports a middleware's work to the hooks, under step names that do not depend on the names of its functions.
 * @param name the name under which `before` is reported
 * @param endName the name under which `after` and `onError` are reported; by default `name`
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

/** Reports a function's work to the hooks. */
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
