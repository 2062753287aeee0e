import type { Context } from 'aws-lambda';
import type { Tool } from '../contract/define-tool.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { Caller } from '../identity/identify.ts';
import type { TraceParent } from './headers.ts';

// Lambda's runtime before Node.js 24 has them.
type FormerContextKey = 'done' | 'fail' | 'succeed';

/** The context of an invocation; Node processes outside of Lambda have less of it. */
export interface InvocationContext extends Partial<Omit<Context, FormerContextKey | 'clientContext'>> {
  /** JSON that the invoker sent besides the event; undefined if it sent nothing. */
  readonly clientContext?: unknown;
}

/** The caller of a tool, in the form that the surface knows. */
export type SurfaceCaller =
  /** A caller that was verified before the function ran. */
  | { caller: Caller; named: string | undefined }
  /** A caller whose token is not verified yet. */
  | { bearer: string; named: string | undefined }
  /** An identifier that the surface itself vouches for. */
  | { identifier: unknown };

/** A call that a surface recognised. */
export interface SurfaceCall {
  /** The maximum size of the whole answer as JSON; without it, only the budget of the body applies. */
  readonly answerBytesMax?: number;
  /** True if callers cannot send a key and models may repeat themselves. A `create` then derives its own key. */
  readonly sendsNoKeys?: true;
  /** The agent or the gateway named in the event, only for the log: nothing verifies it. */
  readonly sender?: string | undefined;
  /** The caller's own trace. */
  readonly traceparent?: TraceParent | undefined;
  /** @throws ToolError `unauthenticated`, or `internal_error` where the event is for another tool */
  caller(): SurfaceCaller;
  /** Returns the received input, not validated. @throws ToolError `invalid_input` */
  input(): unknown;
  /** Returns the caller's key for this call; a repeated call has the same one. @throws ToolError `invalid_input` */
  idempotencyKey?(): string | undefined;
  /** @param replayed true if the answer comes from an earlier call with the same key */
  answer(output: unknown, replayed?: boolean): unknown;
  answerError(error: ToolError, replayed?: boolean): unknown;
}

/**
 * One way to call tools. A new surface is one file in this folder, and one entry in `SURFACES` of
 * lib/create-handler.ts. CONTRIBUTING.md lists everything else that it needs.
 */
export interface Surface {
  /** The name in logs. */
  readonly name: string;
  /**
   * True if its events come with a client context. A surface gets only events with one, or only events without one, so
   * that no model can imitate another surface in its input.
   */
  readonly hasClientContext?: true;
  /** Returns the call of this tool, or undefined if the event belongs to another surface. */
  receive(event: unknown, context: InvocationContext, tool: Tool): SurfaceCall | undefined;
}

/** Rejects an event for another tool, because each function serves only its own. @throws ToolError `internal_error` */
export function assertOwnTool(asked: unknown, { name }: Tool): void {
  if (asked === name) return;
  throw new ToolError('internal_error', {
    message: `This function serves ${name}, but the event is for another tool. Report this to the operator of the tool.`,
  });
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,256}$/;

/**
 * Validates the caller's key for this call; undefined without a key. A repeated call has the same one.
 * @param path the name of the field or header, for the error
 * @throws ToolError `invalid_input`
 */
export function parseIdempotencyKey(key: unknown, path: string): string | undefined {
  if (key === undefined || (typeof key === 'string' && IDEMPOTENCY_KEY.test(key))) return key;
  throw new ToolError('invalid_input', {
    details: [{ path, issue: 'must be 1 to 256 visible ASCII characters' }],
  });
}
