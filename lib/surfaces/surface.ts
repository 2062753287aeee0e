import type { ToolError } from '../errors/tool-error.ts';
import type { Caller } from '../identity/identify.ts';

/** What the Lambda runtime says about an invocation; other Node processes say less. */
export interface InvocationContext {
  readonly awsRequestId?: string | undefined;
  readonly getRemainingTimeInMillis?: (() => number) | undefined;
}

/** For whom a call runs: a caller whose claims decide, or an identifier that the surface itself vouches for. */
export type SurfaceCaller = { caller: Caller; named: string | undefined } | { identifier: unknown };

/** An event that a surface recognised. */
export interface SurfaceCall {
  /** @throws ToolError `unauthenticated` */
  caller(): SurfaceCaller;
  /** The input as the caller gave it, not validated. @throws ToolError `invalid_input` */
  input(): unknown;
  answer(output: unknown): unknown;
  answerError(error: ToolError): unknown;
}

/** One way in which tools are called: a new one is one file, and one entry where the handler lists them. */
export interface Surface {
  /** For logs. */
  readonly name: string;
  /** The call, or undefined where the event is not of this surface. */
  receive(event: unknown, context: InvocationContext): SurfaceCall | undefined;
}
