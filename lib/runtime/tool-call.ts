import type { Position } from '../contract/cursor.ts';
import type { Page } from '../contract/paging.ts';
import type { ActingParty } from '../identity/identify.ts';
import type { ProxyClient } from '../scalekit/proxy-client.ts';
import type { UpstreamStatistics } from '../scalekit/upstream-statistics.ts';
import type { SurfaceCall } from '../surfaces/surface.ts';
import type { Deadline } from '../time/deadline.ts';

/** One call on its way through the chain. Each middleware fills in what the next ones need. */
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
  /** The caller's key for this call; a repeated call has the same one. */
  idempotencyKey: string | undefined;
  /** The parsed input without the paging fields. */
  input: Record<string, unknown>;
  /** True if the answer comes from an earlier call with the same key. */
  replayed: boolean;
  /** The stored output of an earlier call with the same key. It is returned, and the tool does not run again. */
  kept: { output: unknown } | undefined;
  /** For a list tool, the position to continue from. */
  position: Position | undefined;
  /** The input for `run`. */
  runInput: Record<string, unknown> & { page?: Page };
  api: ProxyClient | undefined;
}
