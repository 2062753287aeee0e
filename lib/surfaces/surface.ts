import type { Context } from 'aws-lambda';
import type { Tool } from '../contract/define-tool.ts';
import { ToolError } from '../errors/tool-error.ts';
import type { Caller } from '../identity/identify.ts';
import type { TraceParent } from './headers.ts';

// Functions that only Lambda's runtimes before Node.js 24 add to the context.
type FormerContextKey = 'done' | 'fail' | 'succeed';

/** The context of an invocation. Outside Lambda, many fields are missing. */
export interface InvocationContext extends Partial<Omit<Context, FormerContextKey | 'clientContext'>> {
  /** JSON that the invoker sent in addition to the event; undefined if it sent nothing. */
  readonly clientContext?: unknown;
}

/** The caller of a tool. Each surface knows a different amount about its callers. */
export type SurfaceCaller =
  /** A caller that was verified before the function ran. */
  | { caller: Caller; named: string | undefined }
  /** A caller whose token is not verified yet. */
  | { bearer: string; named: string | undefined }
  /** An identifier that the surface guarantees. */
  | { identifier: unknown };

/** A call in an event that a surface has recognised. */
export interface SurfaceCall {
  /**
   * The maximum size of the whole response as JSON; undefined if there is only a limit for the body (RESPONSE_BYTES).
   */
  readonly answerBytesMax?: number;
  /**
   * True if callers cannot send an idempotency key. Models may nevertheless repeat a call, so the runtime derives a
   * key for a `create`.
   */
  readonly sendsNoKeys?: true;
  /** The agent or the gateway that the event names. It is not verified, so it is used only for the log. */
  readonly sender?: string | undefined;
  /** The trace that the caller sent. */
  readonly traceparent?: TraceParent | undefined;
  /** @throws ToolError `unauthenticated`, or `internal_error` if the event is for another tool */
  caller(): SurfaceCaller;
  /**
   * Returns the received input before validation.
   * @throws ToolError `invalid_input`
   */
  input(): unknown;
  /**
   * Returns the idempotency key from the caller. A repeated call has the same key.
   * @throws ToolError `invalid_input`
   */
  idempotencyKey?(): string | undefined;
  /** @param replayed true if the response comes from an earlier call with the same key */
  answer(output: unknown, replayed?: boolean): unknown;
  answerError(error: ToolError, replayed?: boolean): unknown;
}

/**
 * A way to call tools. To add a surface, create a file in this folder and an entry in `SURFACES` of
 * lib/create-handler.ts. CONTRIBUTING.md lists the other steps.
 */
export interface Surface {
  /** The surface's name in logs. */
  readonly name: string;
  /**
   * True if the surface's events have a client context. Such a surface gets only events with a client context, and all
   * other surfaces get only events without one. The model cannot write the client context, so its input cannot imitate
   * the event of another surface.
   */
  readonly hasClientContext?: true;
  /** Returns the call of this tool, or undefined if the event belongs to another surface. */
  receive(event: unknown, context: InvocationContext, tool: Tool): SurfaceCall | undefined;
}

/**
 * Rejects an event for another tool, because each function runs only its own tool.
 * @throws ToolError `internal_error`
 */
export function assertOwnTool(asked: unknown, { name }: Tool): void {
  if (asked === name) return;
  throw new ToolError('internal_error', {
    message: `This function serves ${name}, but the event is for another tool. Report this to the operator of the tool.`,
  });
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,256}$/;

/**
 * Validates the idempotency key from the caller. Returns undefined if there is no key. A repeated call has the same
 * key.
 * @param path the name of the field or header, which the error contains
 * @throws ToolError `invalid_input`
 */
export function parseIdempotencyKey(key: unknown, path: string): string | undefined {
  if (key === undefined || (typeof key === 'string' && IDEMPOTENCY_KEY.test(key))) return key;
  throw new ToolError('invalid_input', {
    details: [{ path, issue: 'must be 1 to 256 visible ASCII characters' }],
  });
}
