import type { Position } from '../contract/cursor.ts';
import type { Page } from '../contract/paging.ts';
import type { ActingParty } from '../identity/identify.ts';
import type { ProxyClient } from '../scalekit/proxy-client.ts';
import type { UpstreamStatistics } from '../scalekit/upstream-statistics.ts';
import type { SurfaceCall } from '../surfaces/surface.ts';
import type { Deadline } from '../time/deadline.ts';

/** The state of one call. Each middleware sets the fields that the next middlewares need. */
export interface ToolCall {
  readonly surface: SurfaceCall;
  readonly surfaceName: string;
  readonly requestId: string | null;
  readonly deadline: Deadline;
  readonly startedAtMs: number;
  readonly statistics: UpstreamStatistics;
  acting: ActingParty;
  /** The user that the tool runs for. */
  identifier: string;
  /** The idempotency key of this call. A repeated call has the same key. */
  idempotencyKey: string | undefined;
  /** The parsed input without the paging fields. */
  input: Record<string, unknown>;
  /** True if the response comes from an earlier call with the same key. */
  replayed: boolean;
  /** The stored output of an earlier call with the same key. The chain returns it instead of running the tool. */
  kept: { output: unknown } | undefined;
  /** For a list tool, the position to continue from. */
  position: Position | undefined;
  /** The argument for `run`. */
  runInput: Record<string, unknown> & { page?: Page };
  api: ProxyClient | undefined;
}
