import type { Tool } from '../contract/define-tool.ts';
import type { ToolError } from '../errors/tool-error.ts';
import type { Caller } from '../identity/identify.ts';
import type { TraceParent } from './traceparent.ts';

/** What the Lambda runtime says about an invocation; other Node processes say less. */
export interface InvocationContext {
  /** The ID of the invocation, which is that of the call. */
  readonly awsRequestId?: string | undefined;
  /** How much time is left before Lambda ends the function. */
  readonly getRemainingTimeInMillis?: (() => number) | undefined;
  /** JSON that the invoker sent besides the event; undefined if it sent nothing. */
  readonly clientContext?: unknown;
}

/** For whom a call runs. */
export type SurfaceCaller =
  /** A caller whose claims decide; what stood before the function verified them. */
  | { caller: Caller; named: string | undefined }
  /** A caller whose token nobody has verified yet. */
  | { bearer: string; named: string | undefined }
  /** An identifier that the surface itself vouches for. */
  | { identifier: unknown };

/** An event that a surface recognised. */
export interface SurfaceCall {
  /** The most bytes that the whole answer may have as JSON; without it the budget of the body is the only limit. */
  readonly answerBytesMax?: number;
  /** Where nobody sends a key, and models repeat themselves: a call that creates then gets one of its own. */
  readonly sendsNoKeys?: true;
  /** The agent or the gateway that the event names, for the log: nothing verifies it. */
  readonly sender?: string | undefined;
  /** Where the caller's own trace goes on. */
  readonly traceparent?: TraceParent | undefined;
  /** @throws ToolError `unauthenticated`, or `internal_error` where the event is for another tool */
  caller(): SurfaceCaller;
  /** The input as the caller gave it, not validated. @throws ToolError `invalid_input` */
  input(): unknown;
  /** By what the caller tells a repetition of this call from another one. @throws ToolError `invalid_input` */
  idempotencyKey?(): string | undefined;
  /** @param replayed whether this is the answer of an earlier call with the same key */
  answer(output: unknown, replayed?: boolean): unknown;
  answerError(error: ToolError, replayed?: boolean): unknown;
}

/** One way in which tools are called: a new one is one file, and one entry where the handler lists them. */
export interface Surface {
  /** For logs. */
  readonly name: string;
  /**
   * Whether its events come with a client context. A surface gets either events with one or events without, so that
   * no model can write an event of another surface into its input.
   */
  readonly hasClientContext?: true;
  /** The call of this tool, or undefined where the event is not of this surface. */
  receive(event: unknown, context: InvocationContext, tool: Tool): SurfaceCall | undefined;
}
